using Coop.Identity.Json;

namespace Coop.Federation.Log;

/// <summary>An event on its way to the log: its draft, with id, time and the 32-byte salt of its payload.</summary>
/// <param name="Id">UUIDv7, unique for good; an operation that is tried again brings the same one.</param>
/// <param name="Ordinal">Its place among the events of its transaction, from 0.</param>
/// <param name="Time">The node's time when the operation began.</param>
/// <param name="Draft">What happened.</param>
/// <param name="Salt">32 random bytes: without them the payload cannot be guessed from its hash.</param>
public sealed record IntakeEvent(
    Guid Id, int Ordinal, DateTimeOffset Time, EventDraft Draft, ReadOnlyMemory<byte> Salt)
{
    /// <summary>The canonical payload (RFC 8785), as stored and as hashed.</summary>
    public byte[] PayloadBytes { get; } = CanonicalJson.Serialize(Draft.Payload);

    /// <summary>SHA-256(domain ‖ salt ‖ payload), 32 bytes.</summary>
    public byte[] PayloadHash() => Log.PayloadHash.Compute(Salt.Span, PayloadBytes);
}
