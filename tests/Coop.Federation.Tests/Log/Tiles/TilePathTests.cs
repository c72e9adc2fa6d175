using Coop.Federation.Log.Tiles;

namespace Coop.Federation.Tests.Log.Tiles;

public class TilePathTests
{
    [Theory]
    [InlineData(0, 0L, 256, "tile/0/000")]
    [InlineData(0, 999L, 256, "tile/0/999")]
    [InlineData(1, 1000L, 256, "tile/1/x001/000")]
    [InlineData(0, 1234067L, 256, "tile/0/x001/x234/067")]
    [InlineData(0, 1234067L, 8, "tile/0/x001/x234/067.p/8")]
    [InlineData(63, 5L, 255, "tile/63/005.p/255")]
    [InlineData(TilePath.Entries, 1000L, 1, "tile/entries/x001/000.p/1")]
    public void Writes_AndReads(int level, long index, int width, string text)
    {
        var path = new TilePath(level, index, width);
        Assert.Equal(text, path.ToString());
        Assert.True(TilePath.TryParse(text, out var parsed));
        Assert.Equal(path, parsed);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("tile/0")]
    [InlineData("tile/00/000")]
    [InlineData("tile/64/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/+1/000")]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/0000")]
    [InlineData("tile/0/x000/000")]
    [InlineData("tile/0/001/000")]
    [InlineData("tile/0/x001")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/01")]
    [InlineData("tile/0/000.p/")]
    [InlineData("tile/0/000.p")]
    [InlineData("tile/0/ 00")]
    [InlineData("tile/entries/x")]
    [InlineData("tile/data/000")]
    [InlineData("/tile/0/000")]
    [InlineData("tile/0/x999/x999/x999/x999/x999/x999/999")]
    public void Refuses_EveryOtherSpelling(string? text) => Assert.False(TilePath.TryParse(text, out _));

    [Fact]
    public void Follows_TheSpecificationsExampleOf70000()
    {
        // C2SP tlog-tiles, "Partial Tiles".
        Assert.Equal(273, TilePath.FullTiles(0, 70_000));
        Assert.Equal(112, TilePath.PartialWidth(0, 70_000));
        Assert.Equal(1, TilePath.FullTiles(1, 70_000));
        Assert.Equal(17, TilePath.PartialWidth(1, 70_000));
        Assert.Equal(0, TilePath.FullTiles(2, 70_000));
        Assert.Equal(1, TilePath.PartialWidth(2, 70_000));
        Assert.Equal(new TilePath(1, 0, 1), TilePath.In(256, 1, 0));
        Assert.Null(TilePath.In(256, 0, 1));
    }

    [Fact]
    public void Covers_EveryEntryOnce_AtAnySize()
    {
        long[] sizes = [1, 255, 256, 257, 65_535, 65_536, 65_537, 16_777_216, long.MaxValue];
        foreach (var size in sizes)
        {
            for (var level = 0; level < 8; level++)
            {
                var nodes = size >> (8 * level);
                Assert.Equal(nodes, ((System.Int128)TilePath.FullTiles(level, size) * 256) + TilePath.PartialWidth(level, size));
            }
        }
    }
}
