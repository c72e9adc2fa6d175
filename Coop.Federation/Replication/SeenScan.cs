using Coop.Federation.Log;
using Coop.Federation.Log.Tiles;

namespace Coop.Federation.Replication;

/// <summary>
/// Looks through verified bundles for what a log says that it saw of others, and for the last entry that
/// says anything else.
/// </summary>
/// <param name="wanted">The subjects of the logs that matter here; what is seen of others is passed over.</param>
internal sealed class SeenScan(IReadOnlySet<string> wanted)
{
    private readonly Dictionary<string, SeenEntry> _seen = [];

    // No string of a canonical entry holds a quote, so this stands in an entry of that type and in no other.
    private static ReadOnlySpan<byte> Mark => "\"type\":\"checkpoint.seen\""u8;

    /// <summary>The newest of each log since the last <see cref="Take"/>.</summary>
    public IReadOnlyList<SeenEntry> Take()
    {
        SeenEntry[] taken = [.. _seen.Values];
        _seen.Clear();
        return taken;
    }

    /// <summary>The position of the last entry of another type in a verified bundle; null where there is none.</summary>
    public long? Read(ReadOnlySpan<byte> bundle, long first)
    {
        long? lastOther = null;
        for (var seq = first; EntryBundle.TryReadNext(ref bundle, out var entry); seq++)
        {
            if (entry.IndexOf(Mark) < 0)
            {
                lastOther = seq;
            }
            else
            {
                Note(entry, seq);
            }
        }

        return lastOther;
    }

    private void Note(ReadOnlySpan<byte> bytes, long seq)
    {
        if (LogEntry.TryParse(bytes, out var entry) && wanted.Contains(entry!.Subject))
        {
            _seen[entry.Subject] = new SeenEntry(entry.Subject, seq, entry.Id, entry.PayloadHash);
        }
    }
}
