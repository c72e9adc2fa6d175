using System.Buffers;
using Coop.Federation.Log;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Notes;
using Coop.Federation.Log.Tiles;

namespace Coop.Federation.Audit;

/// <summary>Gathers, during an audit, what the next one needs to remember; goes on from what the last one did.</summary>
internal sealed class HistoryRecorder
{
    private const int FullTileSizeBytes = TilePath.FullWidth * TreeHash.SizeBytes;

    private readonly ArrayBufferWriter<byte> _tileRoots = new();
    private readonly Queue<byte[]> _recent = new();

    public HistoryRecorder(AuditState? remembered)
    {
        if (remembered is null)
        {
            return;
        }

        _tileRoots.Write(remembered.TileRoots.Span);
        foreach (var leaves in remembered.Leaves.ToArray().Chunk(FullTileSizeBytes).Where(c => c.Length == FullTileSizeBytes))
        {
            Keep(leaves);
        }
    }

    public void Add(FullTile tile)
    {
        if (tile.Level == 0)
        {
            _tileRoots.Write(tile.Root);
            Keep(tile.Hashes);
        }
    }

    /// <summary>Whether the full tiles that an earlier audit saw are still the same.</summary>
    public bool Continues(AuditState remembered) => _tileRoots.WrittenSpan.StartsWith(remembered.TileRoots.Span);

    /// <param name="key">The log's key.</param>
    /// <param name="note">Its checkpoint.</param>
    /// <param name="edge">The tree at the checkpoint.</param>
    public AuditState ToState(NoteKey key, SignedNote note, TreeEdge edge)
    {
        byte[] leaves = [.. _recent.SelectMany(t => t), .. edge.PartialTile(0)];
        return new AuditState(key, note, _tileRoots.WrittenSpan.ToArray(), leaves);
    }

    private void Keep(byte[] leaves)
    {
        _recent.Enqueue(leaves);
        if (_recent.Count > AuditState.RecentTiles)
        {
            _recent.Dequeue();
        }
    }
}
