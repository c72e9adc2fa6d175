using System.Buffers.Binary;

namespace Coop.Federation.Log.Tiles;

/// <summary>An entry bundle (C2SP tlog-tiles): up to 256 entries, each after its length as a big-endian uint16.</summary>
public static class EntryBundle
{
    private const int LengthSizeBytes = 2;

    /// <summary>The largest full bundle.</summary>
    public const int MaxSizeBytes = TilePath.FullWidth * (LengthSizeBytes + LogEntry.MaxSizeBytes);

    public static byte[] Encode(IReadOnlyList<byte[]> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var bundle = new byte[entries.Sum(e => LengthSizeBytes + e.Length)];
        var rest = bundle.AsSpan();
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)entry.Length);
            entry.CopyTo(rest[LengthSizeBytes..]);
            rest = rest[(LengthSizeBytes + entry.Length)..];
        }

        return bundle;
    }

    /// <summary>The first entries of a bundle; the bundle itself where it has no more.</summary>
    public static byte[] Cut(byte[] bundle, int width)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ReadOnlySpan<byte> rest = bundle;
        for (var i = 0; i < width && TryReadNext(ref rest, out _); i++)
        {
        }

        return rest.IsEmpty ? bundle : bundle[..^rest.Length];
    }

    /// <summary>Takes the first entry off a bundle; false at its end and where it is cut short.</summary>
    public static bool TryReadNext(ref ReadOnlySpan<byte> bundle, out ReadOnlySpan<byte> entry)
    {
        entry = default;
        if (bundle.Length < LengthSizeBytes)
        {
            return false;
        }

        var size = BinaryPrimitives.ReadUInt16BigEndian(bundle);
        if (bundle.Length - LengthSizeBytes < size)
        {
            return false;
        }

        entry = bundle.Slice(LengthSizeBytes, size);
        bundle = bundle[(LengthSizeBytes + size)..];
        return true;
    }
}
