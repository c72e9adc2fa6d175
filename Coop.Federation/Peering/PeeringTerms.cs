using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Coop.Identity.Json;
using Coop.Identity.Keys;

namespace Coop.Federation.Peering;

/// <summary>
/// What two co-ops agree on: one document, which both sign. Specified in specs/peering.md, vectors in
/// specs/vectors/peering.json. Immutable.
/// </summary>
/// <param name="PeeringId">The peering, named by whoever proposed its first terms.</param>
/// <param name="Version">1 for the first terms, one more with each that replaced them.</param>
/// <param name="Previous">The hash of the terms that these replace; null for the first.</param>
/// <param name="Created">When they were written, in whole seconds.</param>
/// <param name="Proposer">Who proposes them.</param>
/// <param name="Other">Who is asked.</param>
public sealed record PeeringTerms(
    Guid PeeringId, int Version, string? Previous, DateTimeOffset Created, PeeringParty Proposer, PeeringParty Other)
{
    /// <summary>Of the document with both proofs.</summary>
    public const int MaxSizeBytes = 32 * 1024;

    public const int MaxVersion = 1_000_000;

    internal const string TypeName = "coop-peering-terms";

    /// <summary>base64url of SHA-256 over the canonical document without proofs, 43 characters.</summary>
    public string Hash => Base64Url.Encode(SHA256.HashData(CanonicalJson.Serialize(ToJson())));

    /// <summary>The side of that DID; null where it is none.</summary>
    public PeeringParty? PartyOf(string did) =>
        Proposer.Who.Did == did ? Proposer : Other.Who.Did == did ? Other : null;

    /// <summary>The other side than that of the DID.</summary>
    public PeeringParty OtherThan(string did) => Proposer.Who.Did == did ? Other : Proposer;

    /// <summary>The document without proofs.</summary>
    public JsonObject ToJson() => new()
    {
        ["v"] = 1,
        ["type"] = TypeName,
        ["peering"] = PeeringId.ToString("D"),
        ["version"] = Version,
        ["previous"] = Previous,
        ["created"] = TermsJson.Write(Created),
        ["parties"] = new JsonArray(Proposer.Who.ToJson(), Other.Who.ToJson()),
        ["grants"] = new JsonArray(Proposer.Grant.ToJson(Proposer.Who.Did), Other.Grant.ToJson(Other.Who.Did)),
    };

    /// <summary>Reads the document; proofs that it may have do not count.</summary>
    /// <exception cref="PeeringException">It is not terms in their one spelling.</exception>
    public static PeeringTerms Parse(JsonObject json) => TermsReader.Read(json);
}
