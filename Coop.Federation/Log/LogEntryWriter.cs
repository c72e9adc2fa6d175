using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Coop.Federation.Log.Merkle;

namespace Coop.Federation.Log;

/// <summary>
/// Writes entry bytes straight into a buffer: the sequencer encodes every event of the node, one after
/// the other. Whoever writes keeps the order of members that RFC 8785 asks for.
/// </summary>
internal ref struct LogEntryWriter(Span<byte> buffer)
{
    /// <summary>No entry within the grammar is longer.</summary>
    public const int BufferSizeBytes = 2048;

    private readonly Span<byte> _buffer = buffer;
    private int _size;

    public readonly byte[] ToArray() => _buffer[.._size].ToArray();

    public void Raw(ReadOnlySpan<byte> json)
    {
        json.CopyTo(_buffer[_size..]);
        _size += json.Length;
    }

    /// <exception cref="FormatException">The text is empty, too long, or needs escapes.</exception>
    public void Text(ReadOnlySpan<byte> before, string text, int maxSize)
    {
        if (!LogEntryGrammar.IsPlain(text, maxSize))
        {
            throw new FormatException($"\"{text}\" cannot stand in a log entry.");
        }

        Raw(before);
        _size += Encoding.ASCII.GetBytes(text, _buffer[_size..]);
    }

    public void Hash(ReadOnlySpan<byte> before, ReadOnlySpan<byte> hash)
    {
        if (hash.Length != TreeHash.SizeBytes)
        {
            throw new FormatException("A hash has 32 bytes.");
        }

        Raw(before);
        Base64.EncodeToUtf8(hash, _buffer[_size..], out _, out var written);
        _size += written;
    }

    public void Id(ReadOnlySpan<byte> before, Guid id)
    {
        Raw(before);
        id.TryFormat(_buffer[_size..], out var written, "D");
        _size += written;
    }

    public void Position(ReadOnlySpan<byte> before, long seq)
    {
        if (seq is < 0 or > LogEntry.MaxSeq)
        {
            throw new FormatException("A position is between 0 and 2^53 - 1.");
        }

        Raw(before);
        seq.TryFormat(_buffer[_size..], out var written, default, CultureInfo.InvariantCulture);
        _size += written;
    }

    public void Time(ReadOnlySpan<byte> before, DateTimeOffset time)
    {
        Raw(before);
        time.UtcDateTime.TryFormat(
            _buffer[_size..], out var written, LogEntryGrammar.TimeFormat, CultureInfo.InvariantCulture);
        _size += written;
    }
}
