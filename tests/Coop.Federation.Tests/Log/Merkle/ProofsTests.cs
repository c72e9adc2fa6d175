using Coop.Federation.Log.Merkle;

namespace Coop.Federation.Tests.Log.Merkle;

/// <summary>See <see cref="AllTreesTests"/> for every proof and tree up to a tile's border.</summary>
public class ProofsTests
{
    private const int MaxSize = 256;
    private const int AllPairsSize = 80;

    private static readonly byte[][] Roots = [.. Enumerable.Range(0, MaxSize + 1).Select(n => NaiveTree.Root(0, n))];

    [Fact]
    public void Root_IsTheNaiveRoot_ForEveryTreeUpTo256Leaves()
    {
        for (var size = 0; size <= MaxSize; size++)
        {
            Assert.Equal(Roots[size], Proofs.Root(size, NaiveTree.Subtree));
        }
    }

    [Fact]
    public void Leaf_IsTheNaiveLeaf()
    {
        for (var i = 0; i < MaxSize; i++)
        {
            Assert.Equal(NaiveTree.Leaf(i), TreeHash.Leaf(NaiveTree.Entry(i)));
        }
    }

    [Fact]
    public void Inclusion_IsRefused_ForEveryOtherIndexLeafSizeOrRoot()
    {
        for (var size = 1; size <= AllPairsSize / 2; size++)
        {
            for (var index = 0; index < size; index++)
            {
                var proof = Proofs.Inclusion(index, size, NaiveTree.Subtree);
                for (var other = 0; other < size; other++)
                {
                    var same = other == index;
                    Assert.Equal(same, Proofs.VerifyInclusion(index, size, NaiveTree.Leaf(other), proof, Roots[size]));
                    Assert.Equal(same, Proofs.VerifyInclusion(other, size, NaiveTree.Leaf(index), proof, Roots[size]));
                }

                Assert.False(Proofs.VerifyInclusion(index, size, NaiveTree.Leaf(index), proof, Roots[size - 1]));
                Assert.False(Proofs.VerifyInclusion(index, size, NaiveTree.Leaf(index), [.. proof, Roots[1]], Roots[size]));
            }
        }
    }

    [Fact]
    public void Consistency_IsRefused_WhenAnythingIsChanged()
    {
        for (var newSize = 2; newSize <= AllPairsSize; newSize++)
        {
            for (var oldSize = 1; oldSize < newSize; oldSize++)
            {
                var proof = Proofs.Consistency(oldSize, newSize, NaiveTree.Subtree);
                Assert.False(Proofs.VerifyConsistency(oldSize, newSize, Roots[oldSize - 1], Roots[newSize], proof));
                Assert.False(Proofs.VerifyConsistency(oldSize, newSize, Roots[oldSize], Roots[newSize + 1], proof));
                Assert.False(Proofs.VerifyConsistency(oldSize, newSize, Roots[oldSize], Roots[newSize], [.. proof, Roots[1]]));
                Assert.False(Proofs.VerifyConsistency(oldSize, newSize, Roots[oldSize], Roots[newSize], [.. proof.Skip(1)]));
                AssertEveryHashMatters(oldSize, newSize, proof);
            }
        }
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(1, 1)]
    [InlineData(0, 0)]
    public void VerifyInclusion_RefusesIndexesOutsideTheTree(long index, long size) =>
        Assert.False(Proofs.VerifyInclusion(index, size, NaiveTree.Leaf(0), [], NaiveTree.Leaf(0)));

    [Fact]
    public void Verify_RefusesHashesOfAnotherLength() =>
        Assert.False(Proofs.VerifyInclusion(0, 2, NaiveTree.Leaf(0), [new byte[31]], Roots[2]));

    private static void AssertEveryHashMatters(int oldSize, int newSize, IReadOnlyList<byte[]> proof)
    {
        for (var i = 0; i < proof.Count; i++)
        {
            var changed = proof.Select(h => (byte[])h.Clone()).ToList();
            changed[i][0] ^= 1;
            Assert.False(Proofs.VerifyConsistency(oldSize, newSize, Roots[oldSize], Roots[newSize], changed));
        }
    }
}
