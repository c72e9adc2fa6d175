namespace Coop.Federation.Replication;

/// <summary>A verified entry bundle (C2SP tlog-tiles), byte for byte as the log served it.</summary>
/// <param name="Index">Its number; the first entry is 256 times that.</param>
/// <param name="Width">Entries in it, 1 to 256.</param>
/// <param name="Bytes">The bundle.</param>
public sealed record MirroredBundle(long Index, int Width, ReadOnlyMemory<byte> Bytes);
