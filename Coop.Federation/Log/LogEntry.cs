using System.Buffers.Text;
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
        var writer = new LogEntryWriter(stackalloc byte[LogEntryWriter.BufferSizeBytes]);
        writer.Text("{\"actor\":\""u8, Actor, LogEntryGrammar.MaxTextSize);
        writer.Id("\",\"id\":\""u8, Id);
        writer.Text("\",\"origin\":\""u8, Origin, LogEntryGrammar.MaxTextSize);
        writer.Hash("\",\"payloadHash\":\""u8, PayloadHash.Span);
        writer.Hash("\",\"prev\":\""u8, Prev.Span);
        writer.Position("\",\"seq\":"u8, Seq);
        writer.Text(",\"subject\":\""u8, Subject, LogEntryGrammar.MaxTextSize);
        writer.Time("\",\"time\":\""u8, Time);
        writer.Text("\",\"type\":\""u8, Type, LogEntryGrammar.MaxTypeSize);
        writer.Text("\",\"v\":1,\"visibility\":\""u8, VisibilityName.Of(Visibility), LogEntryGrammar.MaxTypeSize);
        writer.Raw("\"}"u8);
        return writer.ToArray();
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
}
