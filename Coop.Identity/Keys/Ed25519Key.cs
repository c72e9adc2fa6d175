using NSec.Cryptography;

namespace Coop.Identity.Keys;

/// <summary>An Ed25519 key pair (RFC 8032). The private half stays in locked memory until disposed. Thread-safe.</summary>
public sealed class Ed25519Key : ISigningKey, IDisposable
{
    /// <summary>The private key (RFC 8032's seed) as stored in a key file.</summary>
    public const int SeedSizeBytes = 32;

    private readonly Key _key;

    private Ed25519Key(Key key)
    {
        _key = key;
        PublicKey = key.PublicKey.Export(KeyBlobFormat.RawPublicKey);
        Public = VerificationKey.FromBytes(KeyType.Ed25519, PublicKey.Span);
    }

    /// <summary>The 32-byte public key.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; }

    public VerificationKey Public { get; }

    public static Ed25519Key Generate() => new(Key.Create(SignatureAlgorithm.Ed25519, Exportable));

    /// <param name="seed">32 bytes.</param>
    /// <exception cref="FormatException">The seed has another length.</exception>
    public static Ed25519Key FromSeed(ReadOnlySpan<byte> seed) =>
        seed.Length == SeedSizeBytes
            ? new(Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey, Exportable))
            : throw new FormatException($"An Ed25519 seed has {SeedSizeBytes} bytes.");

    public byte[] ExportSeed() => _key.Export(KeyBlobFormat.RawPrivateKey);

    /// <summary>The 64-byte signature over a message.</summary>
    public byte[] Sign(ReadOnlySpan<byte> message) => SignatureAlgorithm.Ed25519.Sign(_key, message);

    public void Dispose() => _key.Dispose();

    private static KeyCreationParameters Exportable =>
        new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
}
