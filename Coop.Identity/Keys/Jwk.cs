using System.Text.Json.Nodes;

namespace Coop.Identity.Keys;

/// <summary>
/// Public keys as JSON Web Keys: OKP/Ed25519 (RFC 8037), EC/P-256 (RFC 7518) and EC/secp256k1 (RFC 8812).
/// Members that are not needed here are passed over, except those of private keys, which are refused.
/// </summary>
internal static class Jwk
{
    private static readonly string[] PrivateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"];

    public static VerificationKey Parse(JsonObject jwk)
    {
        ArgumentNullException.ThrowIfNull(jwk);
        if (PrivateMembers.Any(jwk.ContainsKey))
        {
            throw new KeyFormatException(KeyFormatCodes.PrivateJwk, "This JWK holds a secret; give the public half alone.");
        }

        var key = (Text(jwk, "kty"), Text(jwk, "crv")) switch
        {
            ("OKP", "Ed25519") => VerificationKey.FromBytes(KeyType.Ed25519, Base64Url.Decode(Text(jwk, "x"))),
            ("EC", "P-256") => Point(KeyType.P256, jwk),
            ("EC", "secp256k1") => Point(KeyType.Secp256k1, jwk),
            var (type, curve) => throw new KeyFormatException(
                KeyFormatCodes.Unsupported, $"A key of type {Shown(type)} and curve {Shown(curve)} is not known here."),
        };
        CheckAlgorithm(jwk, key);
        return key;
    }

    public static JsonObject Write(VerificationKey key)
    {
        if (key.Type == KeyType.Ed25519)
        {
            return new JsonObject { ["crv"] = "Ed25519", ["kty"] = "OKP", ["x"] = Base64Url.Encode(key.Bytes.Span) };
        }

        var (x, y) = EcPoint.Decompress(key.Type, key.Bytes.Span);
        return new JsonObject
        {
            ["crv"] = key.Type == KeyType.P256 ? "P-256" : "secp256k1",
            ["kty"] = "EC",
            ["x"] = Base64Url.Encode(x),
            ["y"] = Base64Url.Encode(y),
        };
    }

    private static VerificationKey Point(KeyType type, JsonObject jwk) => VerificationKey.FromBytes(
        type, EcPoint.Compress(type, Base64Url.Decode(Text(jwk, "x")), Base64Url.Decode(Text(jwk, "y"))));

    // RFC 9864 names Ed25519 in full.
    private static void CheckAlgorithm(JsonObject jwk, VerificationKey key)
    {
        if (jwk.ContainsKey("alg")
            && Text(jwk, "alg") is var algorithm
            && algorithm != key.JwsAlgorithm
            && !(key.Type == KeyType.Ed25519 && algorithm == "Ed25519"))
        {
            throw new KeyFormatException(KeyFormatCodes.Algorithm, "The JWK names an algorithm that is not its curve's.");
        }
    }

    private static string Text(JsonObject jwk, string name) =>
        jwk[name] is JsonValue value && value.TryGetValue<string>(out var text)
            ? text
            : throw new KeyFormatException(
                KeyFormatCodes.Jwk, $"The JWK's member \"{name}\" is missing or is no text.");

    private static string Shown(string text) => text.Length <= 32 ? text : text[..32] + "…";
}
