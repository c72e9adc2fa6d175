namespace Coop.Identity.Keys;

/// <summary>
/// Multikey (Controlled Identifiers 1.0, section 2.2.2): multibase base58btc of a multicodec prefix, two
/// bytes, and the key.
/// </summary>
internal static class Multikey
{
    private const int PrefixSizeBytes = 2;

    private static readonly (KeyType Type, byte[] Prefix)[] Codecs =
    [
        (KeyType.Ed25519, [0xED, 0x01]),
        (KeyType.P256, [0x80, 0x24]),
        (KeyType.Secp256k1, [0xE7, 0x01]),
    ];

    public static VerificationKey Parse(string text)
    {
        var bytes = Base58Btc.DecodeMultibase(text);
        foreach (var (type, prefix) in Codecs)
        {
            if (bytes.AsSpan().StartsWith(prefix))
            {
                return VerificationKey.FromBytes(type, bytes.AsSpan(PrefixSizeBytes));
            }
        }

        throw new KeyFormatException(KeyFormatCodes.Unsupported, "The multicodec is of no public key that is known here.");
    }

    public static string Write(VerificationKey key) =>
        Base58Btc.EncodeMultibase([.. Codecs.First(c => c.Type == key.Type).Prefix, .. key.Bytes.Span]);
}
