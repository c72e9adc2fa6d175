using System.Text;
using System.Text.Json.Nodes;
using Coop.Identity.Json;
using Coop.Identity.Keys;
using Coop.Node.Http;

namespace Coop.Node.Features.Dids;

/// <summary>
/// A proof of possession as it came: a compact JWS (RFC 7515, section 3.1) of at most 8 KiB, its type
/// <c>coop-did-proof+jwt</c>, its form checked and its signature not yet.
/// </summary>
public sealed record ProofJwt(
    string Algorithm, string KeyId, ProofClaims Claims, ReadOnlyMemory<byte> SigningInput, ReadOnlyMemory<byte> Signature)
{
    public const string Type = "coop-did-proof+jwt";

    private const int MaxLength = 8192;

    private static readonly HashSet<string> HeaderNames = new(["alg", "typ", "kid"], StringComparer.Ordinal);
    private static readonly HashSet<string> ClaimNames = new(["iss", "aud", "sub", "nonce", "iat"], StringComparer.Ordinal);

    /// <exception cref="RefusalException">It is not of that form.</exception>
    public static ProofJwt Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Length > MaxLength ? [] : text.Split('.');
        if (parts.Length != 3 || !Base64Url.TryDecode(parts[2], out var signature))
        {
            throw Malformed("is no compact JWT.");
        }

        var header = Read(parts[0], HeaderNames);
        var claims = Read(parts[1], ClaimNames);
        return Text(header, "typ") != Type
            ? throw Malformed($"is not of the type {Type}.")
            : new ProofJwt(
                Text(header, "alg"),
                Text(header, "kid"),
                new(Text(claims, "iss"), Text(claims, "aud"), Text(claims, "sub"), Text(claims, "nonce")),
                Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
                signature);
    }

    // Nothing unknown: what this node does not understand, it does not take for proved.
    private static JsonObject Read(string part, HashSet<string> names)
    {
        try
        {
            return Base64Url.TryDecode(part, out var bytes)
                && CanonicalJson.Parse(bytes) is JsonObject json
                && json.All(m => names.Contains(m.Key))
                    ? json
                    : throw Malformed("holds something else than it may.");
        }
        catch (CanonicalJsonException)
        {
            throw Malformed("is not of JSON.");
        }
    }

    private static string Text(JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue(out string? text)
            ? text
            : throw Malformed($"lacks {name}.");

    private static RefusalException Malformed(string complaint) =>
        ProblemTypes.ProofRefused.With("The proof " + complaint);
}
