using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Coop.Federation.Log.Merkle;

namespace Coop.Federation.Log;

/// <summary>
/// One entry of a log: RFC 8785 canonical JSON of
/// <c>{v, origin, seq, prev, id, type, actor, time, subject, payloadHash, visibility}</c>, UTF-8,
/// less than 64 KiB. Specified in specs/log.md, with vectors in specs/vectors/log-entry.json.
/// </summary>
/// <param name="Origin">The log's origin, as in its checkpoints.</param>
/// <param name="Seq">The position, from 0.</param>
/// <param name="Prev">The leaf hash of the entry before, 32 bytes; of the first, the empty tree's root.</param>
/// <param name="Id">The event's id.</param>
/// <param name="Type">The event type, e.g. <c>vote.cast</c>.</param>
/// <param name="Actor">Who acted: <c>member:PSEUDONYM</c> or <c>node</c>.</param>
/// <param name="Time">When, by the node's clock; millisecond precision.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="PayloadHash">See <see cref="Log.PayloadHash"/>; 32 bytes.</param>
/// <param name="Visibility">Who may fetch the payload.</param>
public sealed record LogEntry(
    string Origin,
    long Seq,
    ReadOnlyMemory<byte> Prev,
    Guid Id,
    string Type,
    string Actor,
    DateTimeOffset Time,
    string Subject,
    ReadOnlyMemory<byte> PayloadHash,
    Visibility Visibility)
{
    public const int Version = 1;

    /// <summary>An entry's length is a 16-bit number in its bundle.</summary>
    public const int MaxSizeBytes = ushort.MaxValue;

    /// <summary>The largest position: the largest integer that every JSON reader holds exactly.</summary>
    public const long MaxSeq = (1L << 53) - 1;

    /// <summary>The bytes that are hashed into the tree.</summary>
    /// <exception cref="FormatException">A field is outside the grammar.</exception>
    public byte[] Encode()
    {
        var text = new StringBuilder(512)
            .Append("{\"actor\":\"").Append(Plain(Actor, LogEntryGrammar.MaxTextSize))
            .Append("\",\"id\":\"").Append(Id.ToString("D"))
            .Append("\",\"origin\":\"").Append(Plain(Origin, LogEntryGrammar.MaxTextSize))
            .Append("\",\"payloadHash\":\"").Append(Hash(PayloadHash))
            .Append("\",\"prev\":\"").Append(Hash(Prev))
            .Append("\",\"seq\":").Append(CultureInfo.InvariantCulture, $"{Position(Seq)}")
            .Append(",\"subject\":\"").Append(Plain(Subject, LogEntryGrammar.MaxTextSize))
            .Append("\",\"time\":\"").Append(Time.UtcDateTime.ToString(LogEntryGrammar.TimeFormat, CultureInfo.InvariantCulture))
            .Append("\",\"type\":\"").Append(Plain(Type, LogEntryGrammar.MaxTypeSize))
            .Append("\",\"v\":1,\"visibility\":\"").Append(VisibilityName.Of(Visibility))
            .Append("\"}");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>Reads entry bytes; false unless encoding the result gives the same bytes.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out LogEntry? entry)
    {
        entry = null;
        if (!LogEntryView.TryRead(bytes, out var view))
        {
            return false;
        }

        entry = new LogEntry(
            Encoding.ASCII.GetString(view.Origin),
            view.Seq,
            DecodeHash(view.Prev),
            view.Id,
            Encoding.ASCII.GetString(view.Type),
            Encoding.ASCII.GetString(view.Actor),
            view.Time,
            Encoding.ASCII.GetString(view.Subject),
            DecodeHash(view.PayloadHash),
            view.Visibility);
        return true;
    }

    private static byte[] DecodeHash(ReadOnlySpan<byte> base64)
    {
        var hash = new byte[TreeHash.SizeBytes];
        Base64.DecodeFromUtf8(base64, hash, out _, out _);
        return hash;
    }

    private static string Hash(ReadOnlyMemory<byte> hash) => hash.Length == TreeHash.SizeBytes
        ? Convert.ToBase64String(hash.Span)
        : throw new FormatException("A hash has 32 bytes.");

    private static long Position(long seq) => seq is >= 0 and <= MaxSeq
        ? seq
        : throw new FormatException("A position is between 0 and 2^53 - 1.");

    private static string Plain(string text, int maxSize) => LogEntryGrammar.IsPlain(text, maxSize)
        ? text
        : throw new FormatException($"\"{text}\" cannot stand in a log entry.");
}
