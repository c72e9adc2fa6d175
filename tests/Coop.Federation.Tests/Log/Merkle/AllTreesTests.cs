using Coop.Federation.Log;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Tiles;

namespace Coop.Federation.Tests.Log.Merkle;

/// <summary>
/// Every tree of up to 256 leaves, the border of a tile: every hash in it (each is a sibling on some leaf's
/// path), every tile, every proof, and every way in which one hash, index, size or root can be another.
/// </summary>
public class AllTreesTests
{
    private const int MaxSize = 256;

    private static readonly byte[][] Leaves = [.. Enumerable.Range(0, MaxSize + 1).Select(NaiveTree.Leaf)];

    private static readonly byte[][] Tiles = [.. Enumerable.Range(0, MaxSize + 1).Select(n => Leaves[..n].SelectMany(l => l).ToArray())];

    private static readonly byte[][] Roots = [.. Enumerable.Range(0, MaxSize + 2).Select(n => NaiveTree.Root(0, n))];

    public static TheoryData<int, int> Slices =>
        [(1, 128), (129, 192), (193, 224), (225, MaxSize)];

    [Fact]
    public void TheEdgeHasEveryTileOfEveryTree()
    {
        var edge = new TreeEdge();
        var full = new List<FullTile>();
        for (var size = 1; size <= MaxSize; size++)
        {
            edge.Append(Leaves[size - 1], full);
            Assert.Equal(Roots[size], edge.Root());
            Assert.Equal(Tile(size, 0).AsSpan(0, size % MaxSize * TreeHash.SizeBytes), edge.PartialTile(0));
            Assert.Equal(size == MaxSize ? Roots[size] : [], edge.PartialTile(1).ToArray());
            Assert.Equal(Roots[size], TreeEdge.Decode(size, edge.Encode()).Root());
        }

        var tile = Assert.Single(full);
        Assert.Equal((0, 0), (tile.Level, tile.N));
        Assert.Equal(Tile(MaxSize, 0), tile.Hashes);
        Assert.Equal(Roots[MaxSize], tile.Root);
    }

    [Theory]
    [MemberData(nameof(Slices))]
    public async Task EveryInclusionProofIsTheSpecifications_AndVerifies(int first, int last)
    {
        for (var size = first; size <= last; size++)
        {
            for (var index = 0; index < size; index++)
            {
                var proof = Proofs.Inclusion(index, size, NaiveTree.Subtree);
                AssertSame(NaiveProofs.Path(index, size), proof);
                AssertSame(proof, await TileProofs.InclusionAsync(index, size, t => Task.FromResult(Tile(size, t.Level))));
                Assert.True(Proofs.VerifyInclusion(index, size, Leaves[index], proof, Roots[size]));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Slices))]
    public async Task EveryConsistencyProofIsTheSpecifications_AndVerifies(int first, int last)
    {
        for (var size = first; size <= last; size++)
        {
            Assert.Empty(Proofs.Consistency(0, size, NaiveTree.Subtree));
            for (var old = 1; old <= size; old++)
            {
                var proof = Proofs.Consistency(old, size, NaiveTree.Subtree);
                AssertSame(NaiveProofs.SubProof(old, size, true), proof);
                AssertSame(proof, await TileProofs.ConsistencyAsync(old, size, t => Task.FromResult(Tile(size, t.Level))));
                Assert.True(Proofs.VerifyConsistency(old, size, Roots[old], Roots[size], proof));
                if (old < size)
                {
                    await AssertDecompositionAsync(old, size);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Slices))]
    public void NoInclusionProofVerifiesAnythingElse(int first, int last)
    {
        for (var size = first; size <= last; size++)
        {
            for (var index = 0; index < size; index++)
            {
                var proof = Proofs.Inclusion(index, size, NaiveTree.Subtree);
                bool Verifies(int i, byte[] leaf, IReadOnlyList<byte[]> p, byte[] root) =>
                    Proofs.VerifyInclusion(i, size, leaf, p, root);
                foreach (var other in (int[])[index - 1, index + 1, index ^ 1, size - 1 - index, size])
                {
                    if (other != index && other >= 0)
                    {
                        Assert.False(Verifies(other, Leaves[index], proof, Roots[size]));
                        Assert.False(Verifies(index, Leaves[other], proof, Roots[size]));
                    }
                }

                Assert.False(Verifies(index, Leaves[index], proof, Roots[size - 1]));
                Assert.False(Verifies(index, Leaves[index], proof, Roots[size + 1]));
                Assert.DoesNotContain(Damaged(proof), p => Verifies(index, Leaves[index], p, Roots[size]));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Slices))]
    public void NoConsistencyProofVerifiesAnythingElse(int first, int last)
    {
        for (var size = first; size <= last; size++)
        {
            for (var old = 1; old <= size; old++)
            {
                var proof = Proofs.Consistency(old, size, NaiveTree.Subtree);
                bool Verifies(IReadOnlyList<byte[]> p, byte[] oldRoot, byte[] newRoot) =>
                    Proofs.VerifyConsistency(old, size, oldRoot, newRoot, p);
                Assert.False(Verifies(proof, Roots[old - 1], Roots[size]));
                Assert.False(Verifies(proof, Roots[old + 1], Roots[size]));
                Assert.False(Verifies(proof, Roots[old], Roots[size - 1]));
                Assert.False(Verifies(proof, Roots[old], Roots[size + 1]));
                Assert.DoesNotContain(Damaged(proof), p => Verifies(p, Roots[old], Roots[size]));
            }
        }
    }

    private static async Task AssertDecompositionAsync(int old, int size)
    {
        var whole = Proofs.Decomposition(old, size, NaiveTree.Subtree);
        AssertSame(NaiveProofs.SubProof(old, size, false), whole);
        AssertSame(whole, await TileProofs.DecompositionAsync(old, size, t => Task.FromResult(Tile(size, t.Level))));
        var (oldRoot, root) = Proofs.ComposeRoots(old, size, whole)!.Value;
        Assert.Equal(Roots[old], oldRoot);
        Assert.Equal(Roots[size], root);
    }

    /// <summary>One hash changed or left out, each in its turn, and one too many at either end.</summary>
    private static IEnumerable<IReadOnlyList<byte[]>> Damaged(IReadOnlyList<byte[]> proof)
    {
        for (var i = 0; i < proof.Count; i++)
        {
            byte[] changed = [.. proof[i]];
            changed[i % TreeHash.SizeBytes] ^= 1;
            yield return [.. proof.Take(i), changed, .. proof.Skip(i + 1)];
            yield return [.. proof.Take(i), .. proof.Skip(i + 1)];
        }

        yield return [.. proof, Roots[1]];
        yield return [Roots[1], .. proof];
    }

    private static byte[] Tile(int size, int level) => level == 0 ? Tiles[size] : Roots[MaxSize];

    // Assert.Equal takes a hundred times as long for hashes, byte by byte.
    private static void AssertSame(IEnumerable<byte[]> expected, IReadOnlyList<byte[]> actual) =>
        Assert.True(expected.Select(Convert.ToHexString).SequenceEqual(actual.Select(Convert.ToHexString)));
}
