namespace Coop.Identity.Status;

/// <summary>
/// The status of a list's entries: two bits each, the first entry in the lowest bits, which is the Token
/// Status List's own array. The Bitstring Status Lists are its two planes. Not thread-safe for writers.
/// </summary>
public sealed class StatusBits
{
    /// <summary>The W3C's minimum, for privacy among many (Bitstring Status List 1.0, section 3.2).</summary>
    public const int MinCount = 131_072;

    /// <summary>The most that one list may have: 4 MiB unpacked as two bits each.</summary>
    public const int MaxCount = 16 * 1024 * 1024;

    /// <summary>Bits of one entry.</summary>
    public const int BitsPerEntry = 2;

    private const int EntriesPerByte = 8 / BitsPerEntry;
    private const int EntryMask = (1 << BitsPerEntry) - 1;

    private readonly byte[] _bytes;

    /// <param name="count">How many entries; <see cref="MinCount"/> to <see cref="MaxCount"/>, a multiple of 8.</param>
    public StatusBits(int count)
        : this(new byte[CheckedSize(count)])
    {
    }

    private StatusBits(byte[] bytes) => _bytes = bytes;

    /// <summary>How many entries there are.</summary>
    public int Count => _bytes.Length * EntriesPerByte;

    /// <summary>The packed entries, two bits each; to be stored.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    public EntryStatus this[int index]
    {
        get => (EntryStatus)(_bytes[At(index)] >> Shift(index) & EntryMask);
        set
        {
            if (value is < EntryStatus.Valid or > EntryStatus.Suspended)
            {
                throw new ArgumentOutOfRangeException(nameof(value));
            }

            var at = At(index);
            _bytes[at] = (byte)(_bytes[at] & ~(EntryMask << Shift(index)) | (int)value << Shift(index));
        }
    }

    /// <summary>From bytes that <see cref="Bytes"/> gave.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is none that this class gives.</exception>
    public static StatusBits FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (CheckedSize(checked(bytes.Length * EntriesPerByte)) != bytes.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(bytes));
        }

        return new StatusBits(bytes.ToArray());
    }

    /// <summary>
    /// One bit for each entry that has the status, the first entry in the highest bit of the first byte
    /// (Bitstring Status List 1.0, section 3.2).
    /// </summary>
    public byte[] Plane(EntryStatus status)
    {
        if (status is not (EntryStatus.Revoked or EntryStatus.Suspended))
        {
            throw new ArgumentOutOfRangeException(nameof(status));
        }

        var plane = new byte[_bytes.Length / BitsPerEntry];
        for (var i = 0; i < plane.Length; i++)
        {
            plane[i] = (byte)(Half(_bytes[2 * i], status) << 4 | Half(_bytes[2 * i + 1], status));
        }

        return plane;
    }

    // Four entries of two bits, the first lowest, as four bits, the first highest.
    private static int Half(byte packed, EntryStatus status)
    {
        if (packed == 0)
        {
            return 0;
        }

        var half = 0;
        for (var entry = 0; entry < EntriesPerByte; entry++)
        {
            var value = packed >> entry * BitsPerEntry & EntryMask;
            half |= value == (int)status ? 8 >> entry : 0;
        }

        return half;
    }

    private int At(int index) => (uint)index < (uint)Count
        ? index / EntriesPerByte
        : throw new ArgumentOutOfRangeException(nameof(index));

    private static int Shift(int index) => index % EntriesPerByte * BitsPerEntry;

    private static int CheckedSize(int count) => count is >= MinCount and <= MaxCount && count % 8 == 0
        ? count / EntriesPerByte
        : throw new ArgumentOutOfRangeException(
            nameof(count), $"A list has {MinCount} to {MaxCount} entries, a multiple of 8.");
}
