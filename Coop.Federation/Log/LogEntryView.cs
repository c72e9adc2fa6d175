using System.Buffers;
using System.Buffers.Text;
using Coop.Federation.Log.Merkle;

namespace Coop.Federation.Log;

/// <summary>
/// A parsed entry whose fields still point into its bytes: what the verifier reads, without allocating.
/// The canonical form has one order of members and no escapes, so reading it is a walk along a template,
/// and whatever passes re-encodes to the same bytes.
/// </summary>
public readonly ref struct LogEntryView
{
    private const int Base64HashSize = 44;

    public ReadOnlySpan<byte> Actor { get; private init; }

    public Guid Id { get; private init; }

    public ReadOnlySpan<byte> Origin { get; private init; }

    /// <summary>44 characters of base64.</summary>
    public ReadOnlySpan<byte> PayloadHash { get; private init; }

    /// <summary>44 characters of base64.</summary>
    public ReadOnlySpan<byte> Prev { get; private init; }

    public long Seq { get; private init; }

    public ReadOnlySpan<byte> Subject { get; private init; }

    public DateTimeOffset Time { get; private init; }

    public ReadOnlySpan<byte> Type { get; private init; }

    public Visibility Visibility { get; private init; }

    /// <summary>Reads canonical entry bytes; false for anything else.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out LogEntryView view)
    {
        view = default;
        var at = new Walk(bytes);
        if (!(bytes.Length <= LogEntry.MaxSizeBytes
            && at.Text("{\"actor\":\""u8, LogEntryGrammar.MaxTextSize, out var actor)
            && at.Text("\",\"id\":\""u8, 36, out var idText) && TryId(idText, out var id)
            && at.Text("\",\"origin\":\""u8, LogEntryGrammar.MaxTextSize, out var origin)
            && at.Text("\",\"payloadHash\":\""u8, Base64HashSize, out var payloadHash) && IsHash(payloadHash)
            && at.Text("\",\"prev\":\""u8, Base64HashSize, out var prev) && IsHash(prev)
            && at.Number("\",\"seq\":"u8, out var seq)
            && at.Text(",\"subject\":\""u8, LogEntryGrammar.MaxTextSize, out var subject)
            && at.Text("\",\"time\":\""u8, 24, out var timeText) && TryTime(timeText, out var time)
            && at.Text("\",\"type\":\""u8, LogEntryGrammar.MaxTypeSize, out var type)
            && at.Text("\",\"v\":1,\"visibility\":\""u8, 7, out var visibilityText) && TryVisibility(visibilityText, out var visibility)
            && at.EndsWith("\"}"u8)))
        {
            return false;
        }

        view = new LogEntryView
        {
            Actor = actor,
            Id = id,
            Origin = origin,
            PayloadHash = payloadHash,
            Prev = prev,
            Seq = seq,
            Subject = subject,
            Time = time,
            Type = type,
            Visibility = visibility,
        };
        return true;
    }

    // 32 bytes are 43 characters and one '='. The last character has two spare bits, which .NET's decoder
    // ignores and which must be zero, or one hash would have four spellings.
    private static bool IsHash(ReadOnlySpan<byte> text)
    {
        Span<byte> hash = stackalloc byte[TreeHash.SizeBytes];
        return text.Length == Base64HashSize
            && "AEIMQUYcgkosw048"u8.Contains(text[Base64HashSize - 2])
            && Base64.DecodeFromUtf8(text, hash, out _, out var written) == OperationStatus.Done
            && written == TreeHash.SizeBytes;
    }

    private static bool TryId(ReadOnlySpan<byte> text, out Guid id) =>
        Utf8Parser.TryParse(text, out id, out var used, 'D')
        && used == text.Length && text.Length == 36
        && text.IndexOfAnyInRange((byte)'A', (byte)'F') < 0;

    private static bool TryTime(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length != 24 || text[4] != '-' || text[7] != '-' || text[10] != 'T'
            || text[13] != ':' || text[16] != ':' || text[19] != '.' || text[23] != 'Z')
        {
            return false;
        }

        if (!(Digits(text[..4], out var year) && Digits(text[5..7], out var month) && Digits(text[8..10], out var day)
            && Digits(text[11..13], out var hour) && Digits(text[14..16], out var minute)
            && Digits(text[17..19], out var second) && Digits(text[20..23], out var millisecond)))
        {
            return false;
        }

        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        time = new DateTimeOffset(year, month, day, hour, minute, second, millisecond, TimeSpan.Zero);
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var c in text)
        {
            if (c is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            value = (value * 10) + (c - '0');
        }

        return true;
    }

    private static bool TryVisibility(ReadOnlySpan<byte> text, out Visibility visibility)
    {
        (var known, visibility) =
            text.SequenceEqual("private"u8) ? (true, Visibility.Private)
            : text.SequenceEqual("members"u8) ? (true, Visibility.Members)
            : text.SequenceEqual("public"u8) ? (true, Visibility.Public)
            : (false, default);
        return known;
    }

    // A position in the bytes, moved along by what the template says comes next.
    private ref struct Walk(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _rest = bytes;

        public bool Text(ReadOnlySpan<byte> before, int maxSize, out ReadOnlySpan<byte> text)
        {
            text = default;
            if (!Skip(before))
            {
                return false;
            }

            var end = _rest.IndexOf((byte)'"');
            if (end < 0 || !LogEntryGrammar.IsPlain(_rest[..end], maxSize))
            {
                return false;
            }

            text = _rest[..end];
            _rest = _rest[end..];
            return true;
        }

        public bool Number(ReadOnlySpan<byte> before, out long value)
        {
            value = 0;
            if (!Skip(before))
            {
                return false;
            }

            var end = _rest.IndexOf((byte)',');
            var isCanonical = end is >= 1 and <= 16 && (_rest[0] != '0' || end == 1) && _rest[0] is >= (byte)'0' and <= (byte)'9';
            if (!isCanonical || !Utf8Parser.TryParse(_rest[..end], out value, out var used) || used != end || value > LogEntry.MaxSeq)
            {
                return false;
            }

            _rest = _rest[end..];
            return true;
        }

        public readonly bool EndsWith(ReadOnlySpan<byte> text) => _rest.SequenceEqual(text);

        private bool Skip(ReadOnlySpan<byte> text)
        {
            if (!_rest.StartsWith(text))
            {
                return false;
            }

            _rest = _rest[text.Length..];
            return true;
        }
    }
}
