namespace Coop.Federation.Log;

/// <summary>All that is kept of one event.</summary>
/// <param name="Seq">Its position in the log; null while it waits for one.</param>
/// <param name="Entry">The exact entry bytes; null while it waits.</param>
/// <param name="Payload">Its payload; null once that was erased.</param>
public sealed record EventRecord(long? Seq, byte[]? Entry, EventPayload? Payload);
