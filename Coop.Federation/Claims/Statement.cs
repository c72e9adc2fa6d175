using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Coop.Identity.Credentials.DataIntegrity;
using Coop.Identity.Dids;
using Coop.Identity.Json;
using Coop.Identity.Keys;

namespace Coop.Federation.Claims;

/// <summary>
/// What one node says to another and signs so that it can be shown later: a JSON object with one
/// <c>eddsa-jcs-2022</c> proof by a key of the author's DID. Specified in specs/claims.md.
/// </summary>
/// <remarks>
/// The hash of a statement leaves every proof out, its own and that of a credential within. So a statement that
/// waits to be delivered may be signed again, with the key of the day, and stays the same statement.
/// </remarks>
public static class Statement
{
    public const int Version = 1;

    /// <summary>The largest statement, in bytes.</summary>
    public const int MaxSizeBytes = 32 * 1024;

    /// <summary>Objects and arrays within each other.</summary>
    public const int MaxDepth = 12;

    internal const string CredentialMember = "credential";

    private const string ProofMember = "proof";
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>A signed copy.</summary>
    /// <param name="body">Without a proof.</param>
    /// <param name="keyId">The absolute DID URL of the key.</param>
    /// <param name="key">Ed25519.</param>
    /// <param name="now">The time of the signature.</param>
    public static JsonObject Sign(JsonObject body, string keyId, ISigningKey key, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(body);
        return EddsaJcs2022.Sign(body, ProofOptions(keyId, now), key);
    }

    /// <summary>As <see cref="Sign"/>, and signs the credential within before.</summary>
    public static JsonObject SignWithCredential(JsonObject body, string keyId, ISigningKey key, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(body);
        var copy = body.DeepClone().AsObject();
        var credential = copy[CredentialMember]!.AsObject();
        copy[CredentialMember] = Sign(credential, keyId, key, now);
        return Sign(copy, keyId, key, now);
    }

    /// <summary>SHA-256 over the canonical form without proofs, 32 bytes.</summary>
    public static byte[] Hash(JsonObject statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return SHA256.HashData(CanonicalJson.Serialize(WithoutProofs(statement)));
    }

    /// <summary>A copy without its proof and without that of the credential within.</summary>
    public static JsonObject WithoutProofs(JsonObject statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        var copy = statement.DeepClone().AsObject();
        copy.Remove(ProofMember);
        (copy[CredentialMember] as JsonObject)?.Remove(ProofMember);
        return copy;
    }

    /// <summary>Reads a statement; nothing of it is verified yet.</summary>
    /// <exception cref="StatementException">Too large, too deep, or no JSON object.</exception>
    public static JsonObject Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxSizeBytes)
        {
            throw Malformed($"It is larger than {MaxSizeBytes} bytes.");
        }

        try
        {
            return CanonicalJson.Parse(utf8) is JsonObject statement && IsWithinDepth(statement, MaxDepth)
                ? statement
                : throw Malformed("It is no JSON object, or nested too deeply.");
        }
        catch (CanonicalJsonException e)
        {
            throw new StatementException(StatementCodes.Malformed, e.Message, e);
        }
    }

    /// <summary>The name of the key that is said to have signed.</summary>
    /// <param name="statement">Signed.</param>
    /// <param name="author">The DID whose key it must be.</param>
    /// <exception cref="StatementException">There is no proof, or it names the key of somebody else.</exception>
    public static string KeyIdOf(JsonObject statement, string author)
    {
        ArgumentNullException.ThrowIfNull(statement);
        var proof = statement[ProofMember] as JsonObject ?? throw BadProof("There is no proof.");
        var keyId = (proof["verificationMethod"] as JsonValue)?.TryGetValue(out string? text) == true ? text : null;
        return keyId is not null && DidUrl.TryParse(keyId, out var url) && url is { Fragment: not null, Query: null }
            && url.Did == author && (string?)proof["proofPurpose"] == "assertionMethod"
                ? keyId
                : throw BadProof("The proof names no key of the author's for assertions.");
    }

    /// <exception cref="StatementException">The key did not make the proof.</exception>
    public static void Verify(JsonObject statement, VerificationKey key)
    {
        if (EddsaJcs2022.Verify(statement, key) != ProofCheck.Valid)
        {
            throw BadProof("The proof is not by the named key over this statement.");
        }
    }

    internal static StatementException Malformed(string message) => new(StatementCodes.Malformed, message);

    internal static string ToText(DateTimeOffset time) =>
        time.ToUniversalTime().ToString(TimeFormat, CultureInfo.InvariantCulture);

    internal static bool TryReadTime(string text, out DateTimeOffset time) => DateTimeOffset.TryParseExact(
        text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    private static JsonObject ProofOptions(string keyId, DateTimeOffset now) => new()
    {
        ["created"] = ToText(now),
        ["verificationMethod"] = keyId,
        ["proofPurpose"] = "assertionMethod",
    };

    private static bool IsWithinDepth(JsonNode? node, int depth) => node switch
    {
        JsonObject o => depth > 0 && o.All(m => IsWithinDepth(m.Value, depth - 1)),
        JsonArray a => depth > 0 && a.All(m => IsWithinDepth(m, depth - 1)),
        _ => true,
    };

    private static StatementException BadProof(string message) => new(StatementCodes.Proof, message);
}
