using Coop.Federation.Log.Tiles;
using Coop.Federation.Replication;

namespace Coop.Federation.Tests.Replication;

/// <summary>
/// Copies in memory, as durable as a disk: what a step stored is there when the followers start anew. A crash
/// can be made to strike just before or just after any step.
/// </summary>
internal sealed class MemoryMirrorStore : IMirrorStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, MirrorState> _states = [];
    private readonly Dictionary<(string, TilePath), byte[]> _tiles = [];
    private readonly Dictionary<(string, long), byte[]> _bundles = [];

    /// <summary>Called with the number of the step and whether it is done; what it throws is the crash.</summary>
    public Action<int, bool>? Crash { get; set; }

    /// <summary>Durable steps so far.</summary>
    public int Steps { get; private set; }

    /// <summary>The newest word of each log about others.</summary>
    public Dictionary<(string Origin, string Subject), SeenEntry> Seen { get; } = [];

    public Task<MirrorState> ReadAsync(string origin, CancellationToken ct)
    {
        lock (_lock)
        {
            var state = _states.GetValueOrDefault(origin, MirrorState.Empty);
            return Task.FromResult(state with { Edge = state.Edge.Copy(), AcceptedEdge = state.AcceptedEdge.Copy() });
        }
    }

    public Task<bool> TryAcceptAsync(string origin, MirrorState next, CancellationToken ct) =>
        Task.FromResult(TryMove(origin, next, () => { }));

    public Task<bool> TryExtendAsync(string origin, MirrorExtension extension, CancellationToken ct) =>
        Task.FromResult(TryMove(origin, extension.Next, () =>
        {
            foreach (var bundle in extension.Bundles)
            {
                _bundles[(origin, bundle.Index)] = bundle.Bytes.ToArray();
            }

            foreach (var tile in extension.Tiles)
            {
                _tiles[(origin, new TilePath(tile.Level, tile.N, TilePath.FullWidth))] = tile.Hashes;
            }

            foreach (var seen in extension.Seen)
            {
                Seen[(origin, seen.Subject)] = seen;
            }
        }));

    public Task<byte[]?> ReadBundleAsync(string origin, long index, CancellationToken ct)
    {
        lock (_lock)
        {
            return Task.FromResult(_bundles.GetValueOrDefault((origin, index)));
        }
    }

    public Task<byte[]?> ReadTileAsync(string origin, TilePath tile, CancellationToken ct)
    {
        lock (_lock)
        {
            return Task.FromResult(_tiles.GetValueOrDefault((origin, tile)));
        }
    }

    private bool TryMove(string origin, MirrorState next, Action store)
    {
        lock (_lock)
        {
            if (_states.GetValueOrDefault(origin, MirrorState.Empty).Version != next.Version)
            {
                return false;
            }

            Crash?.Invoke(Steps, false);
            _states[origin] = next with
            {
                Version = next.Version + 1,
                Edge = next.Edge.Copy(),
                AcceptedEdge = next.AcceptedEdge.Copy(),
            };
            store();
            Crash?.Invoke(Steps++, true);
            return true;
        }
    }
}
