using System.Text.Json.Nodes;
using Coop.Identity.Keys;

namespace Coop.Node.Identity;

/// <summary>
/// The node's DID document (DID Core 1.0, section 5): its present keys first, then the retired ones, under
/// which credentials are out. Why those stay: docs/decisions/0007-node-keys.md.
/// </summary>
internal static class NodeDocument
{
    /// <summary>Retired keys beyond these are dropped, the oldest first; the history still has them.</summary>
    public const int MaxRetired = 64;

    public const string ServiceType = "CoopNode";

    /// <summary>The keys in use: one Ed25519, one P-256. They stand first.</summary>
    public const int PresentCount = 2;

    /// <param name="did">The DID, or the placeholder that stands for it while it is made.</param>
    /// <param name="endpoint">The node's address.</param>
    /// <param name="keys">Multikeys: the present Ed25519 and P-256 key, then the retired, the last retired first.</param>
    public static JsonObject Of(string did, string endpoint, IReadOnlyList<string> keys) => new()
    {
        ["@context"] = new JsonArray("https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"),
        ["id"] = did,
        ["verificationMethod"] = new JsonArray([.. keys.Select(key => Method(did, key))]),
        ["authentication"] = new JsonArray(KeyId(did, keys[0])),
        ["assertionMethod"] = new JsonArray([.. keys.Select(key => JsonValue.Create(KeyId(did, key)))]),
        ["service"] = new JsonArray(new JsonObject
        {
            ["id"] = did + "#node",
            ["type"] = ServiceType,
            ["serviceEndpoint"] = endpoint,
        }),
    };

    /// <summary>The same document with new keys first; everything else stays as it was published.</summary>
    public static JsonObject Rotated(JsonObject document, VerificationKey assertion, VerificationKey es256)
    {
        string[] present = Present(assertion, es256);
        var did = document["id"]!.GetValue<string>();
        var endpoint = document["service"]![0]!["serviceEndpoint"]!.GetValue<string>();
        return Of(did, endpoint, [.. present, .. KeysOf(document).Except(present).Take(MaxRetired)]);
    }

    public static string[] Present(VerificationKey assertion, VerificationKey es256) =>
        [assertion.ToMultikey(), es256.ToMultikey()];

    /// <summary>The absolute id of a key.</summary>
    public static string KeyId(string did, string multikey) => $"{did}#{multikey}";

    /// <summary>Every key that a document lists, in its order.</summary>
    public static IReadOnlyList<string> KeysOf(JsonObject document) =>
    [
        .. document["verificationMethod"]!.AsArray().Select(m => m!["publicKeyMultibase"]!.GetValue<string>()),
    ];

    /// <summary>
    /// The same document for those who know did:web alone (did:webvh 1.0, section 3.7.10): the two names say
    /// that they are one.
    /// </summary>
    public static string AsDidWeb(NodeDid did)
    {
        var parts = did.Did.Split(':', 4);
        var document = JsonNode.Parse(did.Document.ToJsonString().Replace(
            $"{parts[0]}:{parts[1]}:{parts[2]}:", "did:web:", StringComparison.Ordinal))!;
        document["alsoKnownAs"] = new JsonArray(did.Did);
        return document.ToJsonString();
    }

    private static JsonObject Method(string did, string multikey) => new()
    {
        ["id"] = KeyId(did, multikey),
        ["type"] = "Multikey",
        ["controller"] = did,
        ["publicKeyMultibase"] = multikey,
    };
}
