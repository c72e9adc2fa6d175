using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Coop.Identity.Credentials.DataIntegrity;
using Coop.Identity.Json;
using Coop.Identity.Keys;

namespace Coop.Node.Identity;

/// <summary>
/// Writes the entries of the node's DID log (did:webvh 1.0, sections 3.6 and 3.7): each names the hash of
/// the one before it, is signed by the key that the one before it committed to, and commits to the next.
/// </summary>
internal static class NodeHistory
{
    /// <summary>Stands for the SCID while it is computed.</summary>
    public const string Placeholder = "{SCID}";

    private const string Method = "did:webvh:1.0";

    /// <summary>The first entry, for a document in which <see cref="Placeholder"/> stands for the SCID.</summary>
    public static string First(JsonObject document, NodeKeys keys, DateTimeOffset at)
    {
        var draft = Entry(Placeholder, at, document, keys);
        draft["parameters"]!["method"] = Method;
        draft["parameters"]!["scid"] = Placeholder;
        // Can only be said here: a co-op may have to move to another address one day.
        draft["parameters"]!["portable"] = true;
        var scid = Hash(CanonicalJson.Serialize(draft));
        var text = draft.ToJsonString().Replace(Placeholder, scid, StringComparison.Ordinal);
        return Finish(CanonicalJson.Parse(Encoding.UTF8.GetBytes(text))!.AsObject(), 1, keys);
    }

    /// <summary>The entry that follows <paramref name="last"/>.</summary>
    public static string Next(JsonObject last, JsonObject document, NodeKeys keys, DateTimeOffset at) => Finish(
        Entry(last["versionId"]!.GetValue<string>(), at, document, keys), keys.Generation, keys);

    public static JsonObject Parse(string entry) => CanonicalJson.Parse(Encoding.UTF8.GetBytes(entry))!.AsObject();

    /// <summary>What stands for a key before it is used (section 3.7.2).</summary>
    public static string CommitmentTo(VerificationKey key) => Hash(Encoding.UTF8.GetBytes(key.ToMultikey()));

    private static JsonObject Entry(string before, DateTimeOffset at, JsonObject document, NodeKeys keys) => new()
    {
        ["versionId"] = before,
        ["versionTime"] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["parameters"] = new JsonObject
        {
            ["updateKeys"] = new JsonArray(keys.Update.Public.ToMultikey()),
            ["nextKeyHashes"] = new JsonArray(CommitmentTo(keys.NextUpdate.Public)),
        },
        ["state"] = document,
    };

    private static string Finish(JsonObject entry, long version, NodeKeys keys)
    {
        entry["versionId"] = string.Create(
            CultureInfo.InvariantCulture, $"{version}-{Hash(CanonicalJson.Serialize(entry))}");
        var key = keys.Update.Public.ToMultikey();
        var proof = EddsaJcs2022.CreateProof(
            entry,
            new JsonObject
            {
                ["verificationMethod"] = $"did:key:{key}#{key}",
                ["created"] = entry["versionTime"]!.DeepClone(),
                ["proofPurpose"] = "assertionMethod",
            },
            keys.Update);
        entry["proof"] = new JsonArray(proof);
        return entry.ToJsonString();
    }

    // A multihash of SHA-256 (0x12, 32 bytes) in base58btc, without multibase's prefix.
    private static string Hash(byte[] bytes) => Base58Btc.Encode([0x12, 0x20, .. SHA256.HashData(bytes)]);
}
