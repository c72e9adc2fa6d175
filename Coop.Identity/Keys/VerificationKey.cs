using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Coop.Identity.Keys;

/// <summary>
/// A public key that has been checked: a point of its curve, in the one encoding that it has, and not of
/// small order. Immutable and thread-safe.
/// </summary>
public sealed class VerificationKey : IEquatable<VerificationKey>
{
    private VerificationKey(KeyType type, byte[] bytes)
    {
        Type = type;
        Bytes = bytes;
    }

    public KeyType Type { get; }

    /// <summary>Ed25519: the 32 bytes of RFC 8032. Others: 33 bytes, SEC 1's compressed form.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The algorithm in JWS: EdDSA (RFC 8037), ES256 (RFC 7518) or ES256K (RFC 8812).</summary>
    public string JwsAlgorithm => Type switch
    {
        KeyType.Ed25519 => "EdDSA",
        KeyType.P256 => "ES256",
        _ => "ES256K",
    };

    /// <param name="type">The curve.</param>
    /// <param name="bytes">As <see cref="Bytes"/>.</param>
    /// <exception cref="KeyFormatException">The bytes are no acceptable key of that type.</exception>
    public static VerificationKey FromBytes(KeyType type, ReadOnlySpan<byte> bytes)
    {
        if (type == KeyType.Ed25519)
        {
            Ed25519Point.Check(bytes);
        }
        else
        {
            EcPoint.Decompress(type, bytes);
        }

        return new VerificationKey(type, bytes.ToArray());
    }

    /// <summary>From the Multikey text (Controlled Identifiers 1.0, section 2.2.2), e.g. <c>z6Mk…</c>.</summary>
    /// <exception cref="KeyFormatException">The text is no acceptable key.</exception>
    public static VerificationKey ParseMultikey(string text) => Multikey.Parse(text);

    /// <summary>The Multikey text.</summary>
    public string ToMultikey() => Multikey.Write(this);

    /// <summary>From a JSON Web Key (RFC 7517) with a public key alone.</summary>
    /// <exception cref="KeyFormatException">The JWK is no acceptable key.</exception>
    public static VerificationKey FromJwk(JsonObject jwk) => Jwk.Parse(jwk);

    /// <summary>The JWK's required members, in the order of RFC 7638.</summary>
    public JsonObject ToJwk() => Jwk.Write(this);

    /// <summary>base64url of SHA-256 over the required members (RFC 7638).</summary>
    public string JwkThumbprint() => Base64Url.Encode(SHA256.HashData(Json.CanonicalJson.Serialize(ToJwk())));

    /// <summary>
    /// Whether the signature is by this key; false for anything malformed. EC signatures are r‖s over
    /// SHA-256, and for secp256k1 s must be low.
    /// </summary>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => Type switch
    {
        KeyType.Ed25519 => Ed25519.Verify(Bytes.Span, message, signature),
        KeyType.P256 => VerifyP256(message, signature),
        _ => Secp256k1.Verify(Bytes.Span, message, signature),
    };

    public bool Equals(VerificationKey? other) =>
        other is not null && Type == other.Type && Bytes.Span.SequenceEqual(other.Bytes.Span);

    public override bool Equals(object? obj) => Equals(obj as VerificationKey);

    public override int GetHashCode() => HashCode.Combine(Type, BitConverter.ToInt32(Bytes.Span[^4..]));

    public override string ToString() => ToMultikey();

    private bool VerifyP256(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        var (x, y) = EcPoint.Decompress(Type, Bytes.Span);
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = x, Y = y },
        });
        return key.VerifyData(
            message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}
