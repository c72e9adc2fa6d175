using System.Security.Cryptography;

namespace Coop.Identity.Keys;

/// <summary>A P-256 key pair (FIPS 186-5) that signs ES256: SHA-256, 64 bytes r‖s. Thread-safe.</summary>
public sealed class P256Key : ISigningKey, IDisposable
{
    private readonly Lock _lock = new();
    private readonly ECDsa _key;

    private P256Key(ECDsa key)
    {
        _key = key;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        Public = VerificationKey.FromBytes(KeyType.P256, EcPoint.Compress(point.X!, point.Y!));
    }

    public VerificationKey Public { get; }

    public static P256Key Generate() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>From PKCS #8.</summary>
    /// <exception cref="KeyFormatException">These bytes are no P-256 private key.</exception>
    public static P256Key FromPkcs8(ReadOnlySpan<byte> pkcs8)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(pkcs8, out var read);
            if (read == pkcs8.Length && key.ExportParameters(false).Curve.Oid?.Value == "1.2.840.10045.3.1.7")
            {
                return new P256Key(key);
            }
        }
        catch (CryptographicException e)
        {
            key.Dispose();
            throw new KeyFormatException(KeyFormatCodes.Length, "These bytes are no PKCS #8 key.", e);
        }

        key.Dispose();
        throw new KeyFormatException(KeyFormatCodes.Unsupported, "This private key is not of the curve P-256.");
    }

    public byte[] ExportPkcs8() => _key.ExportPkcs8PrivateKey();

    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        lock (_lock)
        {
            return _key.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    public void Dispose() => _key.Dispose();
}
