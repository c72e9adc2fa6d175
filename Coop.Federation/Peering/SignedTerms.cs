using System.Text;
using System.Text.Json.Nodes;
using Coop.Identity.Credentials.DataIntegrity;
using Coop.Identity.Json;
using Coop.Identity.Keys;

namespace Coop.Federation.Peering;

/// <summary>
/// Terms with the proofs of one side or of both: <c>eddsa-jcs-2022</c>, each over the document without proofs,
/// so that none depends on another (Data Integrity 1.0, section 2.1.1, proof sets).
/// </summary>
/// <remarks>Not to be changed: the JSON is kept as it was read, for it is what was signed.</remarks>
public sealed class SignedTerms
{
    private const string Purpose = "assertionMethod";
    private const int MaxProofs = 2;

    private readonly JsonObject _json;

    private SignedTerms(PeeringTerms terms, JsonObject json) => (Terms, _json) = (terms, json);

    public PeeringTerms Terms { get; }

    /// <summary>The document with its proofs, canonical.</summary>
    public string Text => Encoding.UTF8.GetString(CanonicalJson.Serialize(_json));

    /// <summary>A copy of the document with its proofs.</summary>
    public JsonObject ToJson() => _json.DeepClone().AsObject();

    /// <summary>Terms that nobody has signed yet.</summary>
    public static SignedTerms Draft(PeeringTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        GrantReader.Check(terms.Proposer.Grant);
        GrantReader.Check(terms.Other.Grant);
        return Parse(terms.ToJson());
    }

    /// <exception cref="PeeringException">It is not terms with at most one proof for each side.</exception>
    public static SignedTerms Parse(JsonObject json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var copy = json.DeepClone().AsObject();
        var terms = PeeringTerms.Parse(copy);
        if (CanonicalJson.Serialize(copy).Length > PeeringTerms.MaxSizeBytes)
        {
            throw TermsJson.Malformed("The terms are too large.");
        }

        var signers = Proofs(copy).Select(SignerOf).ToArray();
        return signers.Distinct().Count() == signers.Length && signers.All(s => terms.PartyOf(s) is not null)
            ? new SignedTerms(terms, copy)
            : throw new PeeringException(PeeringCodes.Proof, "A proof is by nobody of the two, or by one of them twice.");
    }

    /// <summary>What <see cref="Text"/> wrote.</summary>
    public static SignedTerms Parse(string text) =>
        Parse(CanonicalJson.Parse(Encoding.UTF8.GetBytes(text))!.AsObject());

    /// <summary>The same with one more proof.</summary>
    /// <param name="key">The party's assertion key.</param>
    /// <param name="keyId">Its absolute DID URL.</param>
    /// <param name="now">When it is signed.</param>
    public SignedTerms Sign(ISigningKey key, string keyId, DateTimeOffset now)
    {
        var json = ToJson();
        var proof = EddsaJcs2022.CreateProof(
            json,
            new JsonObject
            {
                ["created"] = TermsJson.Write(now), ["verificationMethod"] = keyId, ["proofPurpose"] = Purpose,
            },
            key);
        json["proof"] = new JsonArray([.. Proofs(json).Select(p => (JsonNode)p.DeepClone()), proof]);
        return Parse(json);
    }

    /// <summary>Whether there is a proof of that side at all; it may not hold.</summary>
    public bool Names(string did) => ProofOf(did) is not null;

    /// <summary>The DID URL of the key by which that side says that it signed; null where it does not.</summary>
    public string? KeyIdOf(string did) => ProofOf(did) is { } proof ? KeyId(proof) : null;

    /// <summary>Whether that side's proof is there and holds.</summary>
    /// <param name="did">The side.</param>
    /// <param name="find">Finds a key of that side by its DID URL; null where it has none of that name.</param>
    public bool IsSignedBy(string did, Func<string, VerificationKey?> find)
    {
        ArgumentNullException.ThrowIfNull(find);
        return ProofOf(did) is { } proof
            && find(KeyId(proof)) is { } key
            && EddsaJcs2022.Verify(_json, proof, key) == ProofCheck.Valid;
    }

    /// <summary>Whether these are the other's terms, with the other's proof of that side.</summary>
    public bool Keeps(string did, SignedTerms other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Terms.Hash == other.Terms.Hash && Names(did)
            && JsonNode.DeepEquals(ProofOf(did), other.ProofOf(did));
    }

    private JsonObject? ProofOf(string did) => Proofs(_json).FirstOrDefault(p => SignerOf(p) == did);

    private static JsonObject[] Proofs(JsonObject json) =>
        json.ContainsKey(TermsReader.Proof) ? TermsJson.Objects(json, TermsReader.Proof, 0, MaxProofs) : [];

    private static string SignerOf(JsonObject proof)
    {
        TermsJson.Require(proof, "type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue");
        return TermsJson.Text(proof, "proofPurpose", 40) == Purpose
            ? KeyId(proof).Split('#')[0]
            : throw new PeeringException(PeeringCodes.Proof, "A proof is for another purpose.");
    }

    private static string KeyId(JsonObject proof) => TermsJson.Text(proof, "verificationMethod", 700);
}
