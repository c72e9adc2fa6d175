namespace Coop.Federation.Replication;

/// <summary>An entry by which a log says what it saw of another (<c>checkpoint.seen</c>).</summary>
/// <param name="Subject">Which other log, as <see cref="LogSubject"/> writes it.</param>
/// <param name="Seq">The entry's position.</param>
/// <param name="EventId">The event's id.</param>
/// <param name="PayloadHash">What the payload must hash to, 32 bytes.</param>
public sealed record SeenEntry(string Subject, long Seq, Guid EventId, ReadOnlyMemory<byte> PayloadHash);
