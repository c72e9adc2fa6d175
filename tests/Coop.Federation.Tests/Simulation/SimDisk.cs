using Coop.Federation.Log;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Notes;
using Coop.Federation.Log.Tiles;
using Coop.Federation.Replication;

namespace Coop.Federation.Tests.Simulation;

/// <summary>All that a node has in its database. A copy is a backup.</summary>
internal sealed class SimDisk
{
    // The own log.
    public List<byte[]> Entries { get; init; } = [];

    public List<byte[]> Leaves { get; init; } = [];

    public List<IntakeRow> Intake { get; init; } = [];

    public Dictionary<Guid, byte[]> Payloads { get; init; } = [];

    public SignedNote? Checkpoint { get; set; }

    public Dictionary<string, List<NoteSignature>> Cosignatures { get; init; } = [];

    // The logs of others, by their origins.
    public Dictionary<string, MirrorState> Mirrors { get; init; } = [];

    public Dictionary<(string Origin, long Index), byte[]> Bundles { get; init; } = [];

    public Dictionary<(string Origin, TilePath Path), byte[]> Tiles { get; init; } = [];

    public Dictionary<(string Origin, string Subject), SeenEntry> Seen { get; init; } = [];

    public Dictionary<(string Origin, string Subject), long> SeenRead { get; init; } = [];

    public Dictionary<string, RecordedCheckpoint> Recorded { get; init; } = [];

    public Dictionary<(string Origin, string Text), SignedNote> Pending { get; init; } = [];

    public Dictionary<string, (LogState State, SignedNote Note)> Witnessed { get; init; } = [];

    public Dictionary<string, EquivocationEvidence> Evidence { get; init; } = [];

    /// <summary>What members were told is done: known to the test, not to the node.</summary>
    public HashSet<Guid> Acknowledged { get; init; } = [];

    public long PublishedSize => Checkpoint is null ? 0 : Federation.Log.Notes.Checkpoint.Parse(Checkpoint.Text).Size;

    public SimDisk Copy() => new()
    {
        Entries = [.. Entries],
        Leaves = [.. Leaves],
        Intake = [.. Intake],
        Payloads = new(Payloads),
        Checkpoint = Checkpoint,
        Cosignatures = Cosignatures.ToDictionary(c => c.Key, c => c.Value.ToList()),
        Mirrors = new(Mirrors),
        Bundles = new(Bundles),
        Tiles = new(Tiles),
        Seen = new(Seen),
        SeenRead = new(SeenRead),
        Recorded = new(Recorded),
        Pending = new(Pending),
        Witnessed = new(Witnessed),
        Evidence = new(Evidence),
        Acknowledged = [.. Acknowledged],
    };

    /// <summary>The root of the first leaves.</summary>
    public byte[] RootAt(long size) => Proofs.Root(size, (height, index) =>
        TreeHash.Perfect([.. Leaves.GetRange((int)(index << height), 1 << height).SelectMany(l => l)]));

    /// <summary>The end of the stored log, as a starting node computes it.</summary>
    public LogTip Tip(string origin)
    {
        var edge = new TreeEdge();
        Leaves.ForEach(l => edge.Append(l, []));
        return new LogTip(origin, edge, Leaves.Count == 0 ? TreeHash.EmptyRoot.ToArray() : Leaves[^1]);
    }

    /// <summary>The append transaction: entries in, their intake rows out, by compare-and-swap on the size.</summary>
    public void Append(LogBatch batch, bool keepsIntake)
    {
        if (batch.Entries[0].Seq != Entries.Count)
        {
            throw new LogFaultException($"The log has {Entries.Count} entries, not {batch.Entries[0].Seq}.");
        }

        foreach (var entry in batch.Entries)
        {
            Entries.Add(entry.Entry);
            Leaves.Add(TreeHash.Leaf(entry.Entry));
        }

        if (!keepsIntake)
        {
            Forget(batch);
        }
    }

    public void Forget(LogBatch batch)
    {
        var ids = batch.Entries.Select(e => e.Id).ToHashSet();
        Intake.RemoveAll(r => ids.Contains(r.Id));
    }

    /// <summary>A file of the log as it is served; null where there is none.</summary>
    public byte[]? File(string path)
    {
        if (path == "checkpoint")
        {
            return Checkpoint is { } note ? Cosigned(note).Encode() : null;
        }

        return TilePath.TryParse(path, out var tile)
            && TilePath.In(PublishedSize, tile.Level, tile.Index) is { } present && tile.Width <= present.Width
                ? Read(tile)
                : null;
    }

    public SignedNote Cosigned(SignedNote note) => note with
    {
        Signatures = [.. note.Signatures, .. Cosignatures.GetValueOrDefault(note.Text, [])],
    };

    public byte[] Read(TilePath tile)
    {
        var first = (int)(tile.Index * TilePath.FullWidth);
        return tile.Level switch
        {
            TilePath.Entries => EntryBundle.Encode(Entries.GetRange(first, tile.Width)),
            0 => [.. Leaves.GetRange(first, tile.Width).SelectMany(l => l)],
            _ => [.. Enumerable.Range(first, tile.Width).SelectMany(i => Subtree(8 * tile.Level, i))],
        };
    }

    private byte[] Subtree(int height, long index) =>
        TreeHash.Perfect([.. Leaves.GetRange((int)(index << height), 1 << height).SelectMany(l => l)]);
}
