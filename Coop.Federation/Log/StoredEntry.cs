namespace Coop.Federation.Log;

/// <summary>An entry as it is stored: its bytes, and the keys it is found by.</summary>
/// <param name="Seq">Its position in the log, from 0.</param>
/// <param name="Id">The event's id.</param>
/// <param name="Actor">Who acted, as in the entry.</param>
/// <param name="Entry">The exact entry bytes: canonical JSON, UTF-8, under 64 KiB.</param>
public sealed record StoredEntry(long Seq, Guid Id, string Actor, byte[] Entry);
