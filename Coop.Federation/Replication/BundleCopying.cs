using System.Text;
using Coop.Federation.Audit;
using Coop.Federation.Log;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Notes;
using Coop.Federation.Log.Tiles;

namespace Coop.Federation.Replication;

/// <summary>The second half of a turn: bundles are fetched in parallel, proven in order, and stored.</summary>
internal sealed class BundleCopying(
    LogFiles files, NoteKey key, IMirrorStore store, FollowOptions options, ProvenTree tree, IReadOnlySet<string> others)
{
    private readonly byte[] _origin = Encoding.ASCII.GetBytes(key.Name);
    private readonly SeenScan _scan = new(others);
    private readonly List<MirroredBundle> _bundles = [];
    private readonly List<FullTile> _tiles = [];
    private MirrorState _stored = MirrorState.Empty;
    private MirrorState _next = MirrorState.Empty;
    private bool _isOvertaken;

    /// <exception cref="FollowRefusal">A bundle is not as signed; what was proven before it is stored.</exception>
    /// <exception cref="AuditImpossibleException">The log does not answer; likewise.</exception>
    public async Task<FollowResult> CopyAsync(MirrorState state, CancellationToken ct)
    {
        _stored = state;
        _next = Continued(state);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var bundles = InOrder.RunAsync(Wanted(state), options.BundlesAhead, FetchAsync, stop.Token);
        await using var fetched = bundles.GetAsyncEnumerator(CancellationToken.None);
        try
        {
            while (await NextAsync(fetched, stop, ct))
            {
                await CheckAsync(fetched.Current, ct);
                Append(fetched.Current);
                if (_bundles.Count == options.BundlesPerStep && !await TryStoreAsync(ct))
                {
                    return new FollowResult(FollowOutcome.Overtaken, _stored);
                }
            }
        }
        catch (Exception e) when (e is FollowRefusal or AuditImpossibleException)
        {
            // Or a log that fails often would never get anywhere.
            await TryStoreAsync(ct);
            throw;
        }

        return new FollowResult(
            !_isOvertaken && await TryStoreAsync(ct) ? OutcomeOf(_stored) : FollowOutcome.Overtaken, _stored);
    }

    // While the next bundle is not there, those that are get stored: from a slow log one by one, from a fast one
    // many at a time. False at the end, and when somebody else moved the copy on.
    private async Task<bool> NextAsync(
        IAsyncEnumerator<FetchedBundle> fetched, CancellationTokenSource stop, CancellationToken ct)
    {
        var next = fetched.MoveNextAsync().AsTask();
        try
        {
            _isOvertaken = !next.IsCompleted && !await TryStoreAsync(ct);
        }
        catch
        {
            await LeaveAsync(next, stop);
            throw;
        }

        if (_isOvertaken)
        {
            await LeaveAsync(next, stop);
        }

        return !_isOvertaken && await next;
    }

    // An enumeration is not to be left while it moves.
    private static async Task LeaveAsync(Task next, CancellationTokenSource stop)
    {
        // On the caller's scheduler all the way: a simulation must not have threads of its own.
#pragma warning disable CA1849
        stop.Cancel();
#pragma warning restore CA1849
        await next.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    // Edges are changed in place, so each state has its own.
    private static MirrorState Continued(MirrorState state) => state with { Edge = state.Edge.Copy() };

    private Task<FetchedBundle> FetchAsync(TilePath path, CancellationToken ct) =>
        FetchedBundle.FetchAsync(files, path, _origin, ct);

    private IEnumerable<TilePath> Wanted(MirrorState state)
    {
        if (state.Size == tree.Size)
        {
            return [];
        }

        var first = state.Edge.Size / TilePath.FullWidth;
        return BundleReader.Paths(first, tree.Size)
            .TakeWhile(p => p.Leaves.Last < options.MaxEntries && p.Index - first < options.BundlesPerTurn);
    }

    private FollowOutcome OutcomeOf(MirrorState state) =>
        state.Size == tree.Size ? FollowOutcome.UpToDate
        : Wanted(state).Any() ? FollowOutcome.Unfinished
        : FollowOutcome.Full;

    private async Task CheckAsync(FetchedBundle bundle, CancellationToken ct)
    {
        var reading = bundle.Reading;
        if (reading.Fault is { } fault)
        {
            throw new FollowRefusal(fault);
        }

        await CheckTreeAsync(bundle, ct);
        CheckChain(reading);
    }

    private void CheckChain(BundleReading reading)
    {
        const int Size = TreeHash.SizeBytes;
        var linked = reading.Prevs[..Size].SequenceEqual(_next.LastLeaf.Span)
            ? Size + reading.Prevs[Size..].CommonPrefixLength(reading.Hashes[..^Size])
            : 0;
        if (linked < reading.Hashes.Length)
        {
            var entry = reading.First + (linked / Size);
            throw new FollowRefusal(Finding.At(
                entry, FindingCode.ChainBroken, $"Entry {entry} does not name the hash of the entry before.", reading.Path.ToString()));
        }
    }

    private async Task CheckTreeAsync(FetchedBundle bundle, CancellationToken ct)
    {
        var reading = bundle.Reading;
        if (bundle.Root is { } root)
        {
            var signed = await tree.RootAsync(0, reading.Path.Index, ct);
            if (signed.Span.SequenceEqual(root))
            {
                return;
            }
        }

        // Of the tail, or to name the entry: the leaf hashes themselves.
        CheckLeaves(reading, await tree.TileAsync(0, reading.Path.Index, ct));
    }

    private static void CheckLeaves(BundleReading reading, ReadOnlySpan<byte> leaves)
    {
        var same = leaves.CommonPrefixLength(reading.Hashes) / TreeHash.SizeBytes;
        if (same < reading.Path.Width)
        {
            var entry = reading.First + same;
            throw new FollowRefusal(Finding.At(
                entry, FindingCode.EntryChanged, $"Entry {entry} is not the one that was signed.", reading.Path.ToString()));
        }
    }

    private void Append(FetchedBundle bundle)
    {
        var (path, first) = (bundle.Reading.Path, bundle.Reading.First);
        _bundles.Add(new MirroredBundle(path.Index, path.Width, bundle.Bytes));
        if (path.IsFull)
        {
            _next.Edge.AppendTile(bundle.Root, _tiles);
        }

        _next = _next with
        {
            Size = first + path.Width,
            LastLeaf = path.IsFull ? bundle.Reading.Hashes[^TreeHash.SizeBytes..].ToArray() : _next.LastLeaf,
            LastOther = _scan.Read(bundle.Bytes, first) ?? _next.LastOther,
        };
    }

    // False when somebody else moved the copy on.
    private async Task<bool> TryStoreAsync(CancellationToken ct)
    {
        if (_bundles.Count == 0)
        {
            return true;
        }

        var next = _next with { Complete = _next.Size == tree.Size ? _next.Accepted : _next.Complete };
        var extension = new MirrorExtension([.. _bundles], [.. _tiles], _scan.Take(), next);
        _bundles.Clear();
        _tiles.Clear();
        if (!await store.TryExtendAsync(key.Name, extension, ct))
        {
            return false;
        }

        _stored = next with { Version = next.Version + 1 };
        _next = Continued(_stored);
        return true;
    }
}
