namespace Coop.Federation.Log;

/// <summary>A full tile of the tree: 256 hashes of one level, which never change again.</summary>
/// <param name="Level">0 for leaf hashes; a hash of level L covers 256^L leaves.</param>
/// <param name="N">The tile's index in its level.</param>
/// <param name="Root">The tree hash over the tile, 32 bytes: its hash in the level above.</param>
/// <param name="Hashes">8,192 bytes.</param>
public sealed record FullTile(int Level, long N, byte[] Root, byte[] Hashes);
