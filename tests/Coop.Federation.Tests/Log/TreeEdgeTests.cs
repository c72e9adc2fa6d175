using Coop.Federation.Log;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Tiles;
using Coop.Federation.Tests.Log.Merkle;

namespace Coop.Federation.Tests.Log;

public sealed class TreeEdgeTests
{
    [Fact]
    public void RootIsTheTrees_AtEverySizeUpTo600()
    {
        var edge = new TreeEdge();
        Assert.Equal(TreeHash.EmptyRoot.ToArray(), edge.Root());
        for (var size = 1; size <= 600; size++)
        {
            edge.Append(NaiveTree.Leaf(size - 1), []);
            Assert.Equal(size, edge.Size);
            Assert.Equal(NaiveTree.Root(0, size), edge.Root());
        }
    }

    [Fact]
    public void RootsAndTilesAreTheTrees_AroundTheBorderOfTheThirdLevel()
    {
        const int Border = 65_536;
        var edge = new TreeEdge();
        var tiles = new List<FullTile>();
        for (var size = 1; size <= Border + 600; size++)
        {
            edge.Append(NaiveTree.Leaf(size - 1), tiles);
            if (size is Border - 1 or Border or Border + 1 or Border + 255 or Border + 256 or Border + 257 or Border + 600)
            {
                Assert.Equal(Proofs.Root(size, NaiveTree.Subtree), edge.Root());
            }
        }

        Assert.Equal(258, tiles.Count(t => t.Level == 0));
        Assert.Equal(Enumerable.Range(0, 258).Select(n => (long)n), tiles.Where(t => t.Level == 0).Select(t => t.N));
        var upper = Assert.Single(tiles, t => t.Level == 1);
        Assert.Equal(0, upper.N);
        Assert.Equal(NaiveTree.Subtree(16, 0), upper.Root);
        foreach (var tile in tiles)
        {
            Assert.Equal(TilePath.FullWidth * TreeHash.SizeBytes, tile.Hashes.Length);
            var last = tile.Hashes[^TreeHash.SizeBytes..];
            Assert.Equal(NaiveTree.Subtree(8 * tile.Level, (tile.N * TilePath.FullWidth) + 255), last);
        }
    }

    [Fact]
    public void IsRebuiltFromPartialTiles()
    {
        var leaves = Enumerable.Range(0, 517).Select(NaiveTree.Leaf).ToList();
        var edge = TreeEdge.FromPartialTiles(
            517,
            [
                [.. leaves.Skip(512).SelectMany(l => l)],
                [.. NaiveTree.Subtree(8, 0), .. NaiveTree.Subtree(8, 1)],
            ]);
        Assert.Equal(NaiveTree.Root(0, 517), edge.Root());
        edge.Append(NaiveTree.Leaf(517), []);
        Assert.Equal(NaiveTree.Root(0, 518), edge.Root());
    }

    [Fact]
    public void RefusesPartialTilesOfAnotherSize()
    {
        Assert.Throws<LogFaultException>(() => TreeEdge.FromPartialTiles(2, [new byte[32]]));
        Assert.Throws<LogFaultException>(() => TreeEdge.FromPartialTiles(257, [new byte[32]]));
        Assert.Throws<LogFaultException>(() => TreeEdge.FromPartialTiles(0, [new byte[32]]));
    }

    [Fact]
    public void ACopyGoesItsOwnWay()
    {
        var edge = new TreeEdge();
        edge.Append(NaiveTree.Leaf(0), []);
        var copy = edge.Copy();
        copy.Append(NaiveTree.Leaf(1), []);
        Assert.Equal(NaiveTree.Root(0, 1), edge.Root());
        Assert.Equal(NaiveTree.Root(0, 2), copy.Root());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(700)]
    [InlineData(65_537)]
    public async Task InclusionProofsComeFromTiles(int size)
    {
        var indexes = size < 300 ? Enumerable.Range(0, size) : [0, 1, 254, 255, 256, 511, 512, size / 2, size - 2, size - 1];
        foreach (var index in indexes)
        {
            var proof = await TileProofs.InclusionAsync(index, size, tile => Task.FromResult(Tile(size, tile)));
            Assert.Equal(Proofs.Inclusion(index, size, NaiveTree.Subtree), proof);
        }
    }

    private static byte[] Tile(long size, TilePath tile)
    {
        Assert.Equal(TilePath.In(size, tile.Level, tile.Index), tile);
        var first = tile.Index * TilePath.FullWidth;
        return [.. Enumerable.Range(0, tile.Width).SelectMany(i => NaiveTree.Subtree(8 * tile.Level, first + i))];
    }
}
