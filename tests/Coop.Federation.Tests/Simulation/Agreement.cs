using Coop.Federation.Log;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Notes;
using Coop.Federation.Log.Tiles;
using Coop.Federation.Replication;

namespace Coop.Federation.Tests.Simulation;

/// <summary>What all must come to, once links hold and nobody dies: and then nothing moves any more.</summary>
internal sealed class Agreement(World world)
{
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(12);

    private string _missing = "It was not looked at.";
    private Harm _harm = Harm.NoAgreement;

    public bool IsReached { get; private set; }

    /// <summary>Waits until all agree and the logs are at rest.</summary>
    public async Task WaitAsync()
    {
        var (entries, since) = (-1, world.Scheduler.Now);
        while (!IsReached)
        {
            await world.Scheduler.DelayAsync(TimeSpan.FromSeconds(30));
            var now = world.Honest.Sum(n => n.Disk.Entries.Count);
            var isMoving = now != entries;
            var missing = isMoving ? "The logs keep growing." : FirstMissing();
            if (missing is not null)
            {
                (_missing, entries, since) = (missing, now, world.Scheduler.Now);
            }

            IsReached = world.Scheduler.Now - since >= Rest;
        }
    }

    /// <summary>The last word: all entries, byte for byte.</summary>
    public void Check()
    {
        if (!IsReached)
        {
            world.Watch.Break(_harm, _missing);
            return;
        }

        foreach (var node in world.Honest)
        {
            CheckEntries(node);
            foreach (var peer in world.Honest.Where(p => p != node))
            {
                CheckCopy(node, peer);
            }
        }
    }

    private string? FirstMissing()
    {
        _harm = Harm.NoAgreement;
        var missing = world.Honest.Select(MissingOf).FirstOrDefault(m => m is not null);
        if (missing is null && world.Nodes.SingleOrDefault(n => n.IsLiar) is { } liar && IsProvable(liar))
        {
            _harm = Harm.LiarNotCaught;
            missing = world.Honest.Where(n => !n.Disk.Evidence.Values.Any(e => e.LogKey == liar.LogKey))
                .Select(n => $"{n} does not know that {liar} lies.").FirstOrDefault();
        }

        return missing;
    }

    private string? MissingOf(SimNode node)
    {
        if (node.Program is null || node.Newest is not null)
        {
            return $"{node} is not up.";
        }

        var disk = node.Disk;
        if (disk.Intake.Count > 0 || disk.Checkpoint is null || disk.PublishedSize < disk.Entries.Count)
        {
            return $"{node} has not signed all.";
        }

        foreach (var peer in world.Honest.Where(p => p != node))
        {
            if (peer.Disk.Mirrors.GetValueOrDefault(node.Origin, MirrorState.Empty).Complete?.Text != disk.Checkpoint.Text)
            {
                return $"{peer} has no whole copy of {node}.";
            }

            if (Cosignature.Time(disk.Cosigned(disk.Checkpoint), peer.WitnessKey) is null)
            {
                return $"{peer} has not cosigned the last checkpoint of {node}.";
            }
        }

        return null;
    }

    /// <summary>
    /// Whether somebody has proven it; or some honest node has a whole copy of one of the liar's histories, and some honest node a checkpoint
    /// of another within that size.
    /// </summary>
    private bool IsProvable(SimNode liar)
    {
        if (world.Honest.Any(n => n.Disk.Evidence.Count > 0))
        {
            return true;
        }

        var copies = world.Honest.Select(n => n.Disk.Mirrors.GetValueOrDefault(liar.Origin, MirrorState.Empty).Complete).OfType<SignedNote>();
        var notes = world.Honest.SelectMany(n => Memory.Of(n.Disk, liar.Origin)).DistinctBy(n => n.Text).ToList();
        return copies.Any(c => notes.Any(n => SizeOf(n) <= SizeOf(c) && world.Watch.Contradict(c.Text, n.Text)));
    }

    private void CheckEntries(SimNode node)
    {
        var seen = new HashSet<Guid>();
        foreach (var bytes in node.Disk.Entries)
        {
            if (!LogEntry.TryParse(bytes, out var entry) || !seen.Add(entry!.Id) || !world.Watch.IsIntended(entry.Id))
            {
                world.Watch.Break(Harm.EntryDoubled, $"{entry?.Id} of {node} is there twice, or was never written.");
            }
        }

        if (node.Disk.Acknowledged.FirstOrDefault(id => !seen.Contains(id)) is var lost && lost != Guid.Empty)
        {
            world.Watch.Break(Harm.EntryLost, $"{lost} of {node} was acknowledged, and is not in the log.");
        }
    }

    // Everything that the log serves, its copy serves: the same bytes.
    private void CheckCopy(SimNode original, SimNode keeper)
    {
        var state = keeper.Disk.Mirrors[original.Origin];
        var tree = new MirroredTree(new StoredCopy(keeper.Disk), original.Origin, state);
        var size = original.Disk.PublishedSize;
        for (var level = TilePath.Entries; level == TilePath.Entries || size >> (8 * level) > 0; level++)
        {
            for (var n = 0L; TilePath.In(size, level, n) is { } path; n++)
            {
                var copy = tree.FindAsync(path, CancellationToken.None).GetAwaiter().GetResult();
                if (copy is null || !copy.AsSpan().SequenceEqual(original.Disk.Read(path)))
                {
                    world.Watch.Break(Harm.EntryLost, $"{path} of {original} is not the same at {keeper}.");
                }
            }
        }
    }

    private static long SizeOf(SignedNote note) => Checkpoint.Parse(note.Text).Size;

    /// <summary>A copy as it lies on a disk, without a process.</summary>
    private sealed class StoredCopy(SimDisk disk) : IMirrorStore
    {
        public Task<MirrorState> ReadAsync(string origin, CancellationToken ct) => Task.FromResult(disk.Mirrors[origin]);

        public Task<bool> TryAcceptAsync(string origin, MirrorState next, CancellationToken ct) => Task.FromResult(false);

        public Task<bool> TryExtendAsync(string origin, MirrorExtension extension, CancellationToken ct) => Task.FromResult(false);

        public Task<byte[]?> ReadBundleAsync(string origin, long index, CancellationToken ct) =>
            Task.FromResult(disk.Bundles.GetValueOrDefault((origin, index)));

        public Task<byte[]?> ReadTileAsync(string origin, TilePath tile, CancellationToken ct) =>
            Task.FromResult(disk.Tiles.GetValueOrDefault((origin, tile)));
    }
}
