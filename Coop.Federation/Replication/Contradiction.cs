using Coop.Federation.Log;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Notes;
using Coop.Federation.Log.Tiles;

namespace Coop.Federation.Replication;

/// <summary>Holds two checkpoints that a log signed against each other.</summary>
internal static class Contradiction
{
    /// <summary>The proof that they are of two histories; null when the larger continues the smaller.</summary>
    /// <param name="key">The key that signed both.</param>
    /// <param name="smaller">The one of the smaller size, or of the same.</param>
    /// <param name="larger">The other.</param>
    /// <param name="readTile">Tiles of the larger tree that lead to its signed root.</param>
    public static async Task<EquivocationEvidence?> FindAsync(
        NoteKey key, SignedNote smaller, SignedNote larger, Func<TilePath, Task<byte[]>> readTile)
    {
        var (old, latest) = (Checkpoint.Parse(smaller.Text), Checkpoint.Parse(larger.Text));
        if (old.Size == latest.Size || old.Size == 0)
        {
            ReadOnlySpan<byte> root = old.Size == latest.Size ? latest.Root.Span : TreeHash.EmptyRoot;
            return root.SequenceEqual(old.Root.Span) ? null : EquivocationEvidence.Create(key, smaller, larger, []);
        }

        var hashes = await TileProofs.DecompositionAsync(old.Size, latest.Size, readTile);
        return Proofs.ComposeRoots(old.Size, latest.Size, hashes) is var (first, _) && old.Root.Span.SequenceEqual(first)
            ? null
            : EquivocationEvidence.Create(key, smaller, larger, hashes);
    }
}
