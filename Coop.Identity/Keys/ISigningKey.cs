namespace Coop.Identity.Keys;

/// <summary>A private key that signs. Implementations are thread-safe.</summary>
public interface ISigningKey
{
    VerificationKey Public { get; }

    /// <summary>The signature that <see cref="VerificationKey.Verify"/> of <see cref="Public"/> accepts: 64 bytes.</summary>
    byte[] Sign(ReadOnlySpan<byte> message);
}
