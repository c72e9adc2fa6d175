using Coop.Federation.Log.Tiles;

namespace Coop.Federation.Replication;

/// <summary>
/// Where a node keeps its verified copies of other logs. What is stored was verified before; a store checks
/// nothing but that it moves on from the state that its caller had read.
/// </summary>
/// <remarks>
/// A change is one step: when the task completes with true, all of it is durable, and after a crash there is
/// all of it or nothing. Safe for concurrent calls, also of several processes.
/// </remarks>
public interface IMirrorStore
{
    /// <summary>The state of the copy of a log; <see cref="MirrorState.Empty"/> where there is none.</summary>
    /// <exception cref="Log.LogFaultException">What is stored does not fit together.</exception>
    Task<MirrorState> ReadAsync(string origin, CancellationToken ct);

    /// <summary>
    /// Makes a checkpoint the accepted one: <paramref name="next"/> differs from what is stored in
    /// <see cref="MirrorState.Accepted"/>, <see cref="MirrorState.AcceptedEdge"/> and, where there is nothing
    /// to fetch, <see cref="MirrorState.Complete"/>.
    /// </summary>
    /// <returns>False, and nothing is changed, when the stored version is another than that of <paramref name="next"/>.</returns>
    Task<bool> TryAcceptAsync(string origin, MirrorState next, CancellationToken ct);

    /// <summary>Stores verified entries, each in its bundle, instead of a shorter bundle where there is one.</summary>
    /// <returns>
    /// False, and nothing is changed, when the stored version is another than that of the extension's next state.
    /// </returns>
    Task<bool> TryExtendAsync(string origin, MirrorExtension extension, CancellationToken ct);

    /// <summary>A stored bundle, which may since have grown; null where there is none.</summary>
    Task<byte[]?> ReadBundleAsync(string origin, long index, CancellationToken ct);

    /// <summary>A stored full tile of level 1 or above, 8,192 bytes; null where there is none.</summary>
    Task<byte[]?> ReadTileAsync(string origin, TilePath tile, CancellationToken ct);
}
