using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Coop.Identity.Json;
using Coop.Identity.Keys;

namespace Coop.Identity.Dids.WebVh;

/// <summary>
/// The hashes of did:webvh 1.0: base58btc, without multibase prefix, of the multihash of SHA-256 (two bytes
/// 12 20 and 32 bytes) over canonical JSON.
/// </summary>
public static class WebVhHash
{
    /// <summary>What stands for the SCID until it is known.</summary>
    public const string Placeholder = "{SCID}";

    private const byte Sha256Code = 0x12;
    private const int SizeBytes = 2 + SHA256.HashSizeInBytes;

    /// <summary>The commitment to an update key (section "Pre-Rotation Key Hash Generation").</summary>
    /// <param name="multikey">E.g. <c>z6Mk…</c>.</param>
    public static string OfKey(string multikey) => Of(Encoding.UTF8.GetBytes(multikey));

    internal static string Of(ReadOnlySpan<byte> bytes) =>
        Base58Btc.Encode([Sha256Code, SHA256.HashSizeInBytes, .. SHA256.HashData(bytes)]);

    /// <summary>The hash of an entry whose versionId is its predecessor's.</summary>
    internal static string OfEntry(JsonObject entry, string predecessor)
    {
        var versionId = entry["versionId"];
        try
        {
            entry["versionId"] = predecessor;
            return Of(CanonicalJson.SerializeWithout(entry, "proof"));
        }
        finally
        {
            entry["versionId"] = versionId;
        }
    }

    /// <summary>The SCID that the first entry should have (section "Verify SCID").</summary>
    internal static string OfFirstEntry(JsonObject entry, string scid)
    {
        var copy = entry.DeepClone().AsObject();
        copy["versionId"] = Placeholder;
        copy.Remove("proof");
        return Of(CanonicalJson.Serialize(Replace(copy, scid, Placeholder)));
    }

    /// <summary>Replaces a text throughout, in names as well.</summary>
    internal static JsonObject Replace(JsonObject json, string text, string by) => CanonicalJson.Parse(
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(CanonicalJson.Serialize(json))
            .Replace(text, by, StringComparison.Ordinal)))!.AsObject();

    /// <summary>Whether this is a multihash of SHA-256.</summary>
    internal static bool IsSha256(string text) =>
        Base58Btc.TryDecode(text, out var bytes)
        && bytes.Length == SizeBytes && bytes[0] == Sha256Code && bytes[1] == SHA256.HashSizeInBytes;
}
