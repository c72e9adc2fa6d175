namespace Coop.Federation.Audit.Between;

/// <summary>An entry that concerns another co-op.</summary>
/// <param name="Seq">Its position.</param>
/// <param name="Id">The event's id, by which its payload is fetched.</param>
/// <param name="Kind">What kind.</param>
/// <param name="Time">When, by its node's clock.</param>
/// <param name="PayloadHash">What the payload must hash to, 32 bytes.</param>
public readonly record struct CrossEntry(
    long Seq, Guid Id, CrossKind Kind, DateTimeOffset Time, ReadOnlyMemory<byte> PayloadHash);
