using Coop.Federation.Log.Merkle;

namespace Coop.Federation.Log;

/// <summary>Entries with their positions, ready to be stored.</summary>
/// <param name="Entries">Consecutive, the first behind the tip that the batch was prepared on.</param>
/// <param name="FullTiles">The tiles that the entries complete.</param>
/// <param name="Tip">The tip once the batch is stored.</param>
public sealed record LogBatch(
    IReadOnlyList<StoredEntry> Entries, IReadOnlyList<FullTile> FullTiles, LogTip Tip)
{
    /// <summary>Gives the rows the positions behind a tip, in their order, and chains and hashes them.</summary>
    public static LogBatch Prepare(LogTip tip, IReadOnlyList<IntakeRow> rows)
    {
        ArgumentNullException.ThrowIfNull(tip);
        ArgumentNullException.ThrowIfNull(rows);
        var entries = new List<StoredEntry>(rows.Count);
        var fullTiles = new List<FullTile>();
        var edge = tip.Edge.Copy();
        var last = tip.LastLeaf;
        foreach (var row in rows)
        {
            var entry = Entry(tip.Origin, edge.Size, last, row).Encode();
            entries.Add(new StoredEntry(edge.Size, row.Id, row.Actor, entry));
            last = TreeHash.Leaf(entry);
            edge.Append(last, fullTiles);
        }

        return new LogBatch(entries, fullTiles, new LogTip(tip.Origin, edge, last));
    }

    private static LogEntry Entry(string origin, long seq, byte[] prev, IntakeRow row) => new(
        origin,
        seq,
        prev,
        row.Id,
        row.Type,
        row.Actor,
        row.Time,
        row.Subject,
        row.PayloadHash,
        row.Visibility);
}
