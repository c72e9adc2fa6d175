using Coop.Federation.Log;

namespace Coop.Federation.Replication;

/// <summary>Verified entries that are to be stored in one step.</summary>
/// <param name="Bundles">Consecutive bundles. All are full, but for the last, which may be the log's tail.</param>
/// <param name="Tiles">The full tiles of level 1 and above that they complete.</param>
/// <param name="Seen">Of each other log, the newest <c>checkpoint.seen</c> among the entries.</param>
/// <param name="Next">The state afterwards.</param>
public sealed record MirrorExtension(
    IReadOnlyList<MirroredBundle> Bundles,
    IReadOnlyList<FullTile> Tiles,
    IReadOnlyList<SeenEntry> Seen,
    MirrorState Next);
