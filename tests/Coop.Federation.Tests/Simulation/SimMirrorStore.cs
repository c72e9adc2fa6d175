using Coop.Federation.Log.Tiles;
using Coop.Federation.Log.Notes;
using Coop.Federation.Replication;

namespace Coop.Federation.Tests.Simulation;

/// <summary>The copies that a node keeps, as its database does: each change one step, by compare-and-swap.</summary>
internal sealed class SimMirrorStore(World world, SimProgram program) : IMirrorStore
{
    private readonly SimDisk _disk = program.Disk;

    public Task<MirrorState> ReadAsync(string origin, CancellationToken ct) => program.Process.ReadAsync(() =>
    {
        var state = _disk.Mirrors.GetValueOrDefault(origin, MirrorState.Empty);
        state = state with { Edge = state.Edge.Copy(), AcceptedEdge = state.AcceptedEdge.Copy() };
        return world.Is(Mutant.FollowerForgets)
            ? MirrorState.Empty with { Version = state.Version }
            : state;
    });

    public Task<bool> TryAcceptAsync(string origin, MirrorState next, CancellationToken ct) =>
        program.Process.StepAsync(() => TryMove(origin, next, () => { }));

    public async Task<bool> TryExtendAsync(string origin, MirrorExtension extension, CancellationToken ct)
    {
        if (!world.Is(Mutant.CopyTears))
        {
            return await program.Process.StepAsync(() => TryMove(origin, extension.Next, () => Store(origin, extension)));
        }

        var isMoved = await program.Process.StepAsync(() => TryMove(origin, extension.Next, () => { }));
        await program.Process.StepAsync(() => Store(origin, extension));
        return isMoved;
    }

    public Task<byte[]?> ReadBundleAsync(string origin, long index, CancellationToken ct) =>
        program.Process.ReadAsync(() => _disk.Bundles.GetValueOrDefault((origin, index)));

    public Task<byte[]?> ReadTileAsync(string origin, TilePath tile, CancellationToken ct) =>
        program.Process.ReadAsync(() => _disk.Tiles.GetValueOrDefault((origin, tile)));

    private bool TryMove(string origin, MirrorState next, Action store)
    {
        var stored = _disk.Mirrors.GetValueOrDefault(origin, MirrorState.Empty);
        if (stored.Version != next.Version && !world.Is(Mutant.CopyOverwrites))
        {
            return false;
        }

        world.Watch.Moved(program.Node, origin, stored, next);
        _disk.Mirrors[origin] = next with
        {
            Version = next.Version + 1,
            Edge = next.Edge.Copy(),
            AcceptedEdge = next.AcceptedEdge.Copy(),
        };
        world.Watch.Remembered(next.Accepted);
        store();
        return true;
    }

    private void Store(string origin, MirrorExtension extension)
    {
        foreach (var bundle in extension.Bundles)
        {
            _disk.Bundles[(origin, bundle.Index)] = bundle.Bytes.ToArray();
        }

        foreach (var tile in extension.Tiles)
        {
            _disk.Tiles[(origin, new TilePath(tile.Level, tile.N, TilePath.FullWidth))] = tile.Hashes;
        }

        foreach (var seen in extension.Seen)
        {
            _disk.Seen[(origin, seen.Subject)] = seen;
        }
    }
}
