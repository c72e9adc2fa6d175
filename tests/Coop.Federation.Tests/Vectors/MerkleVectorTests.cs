using System.Globalization;
using System.Text;
using System.Text.Json;
using Coop.Federation.Log;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Tiles;

namespace Coop.Federation.Tests.Vectors;

public class MerkleVectorTests
{
    private static readonly JsonElement Vectors = VectorFile.Read("merkle.json");

    [Fact]
    public void Computes_TheRoots_AndProofs()
    {
        Assert.All(Vectors.List("roots"), v => Assert.Equal(v.Bytes("root"), Edge(v.Number("size")).Root()));
        Assert.All(Vectors.List("inclusion"), v => Assert.Equal(
            v.Hashes("proof"), Proofs.Inclusion(v.Number("index"), v.Number("size"), Perfect)));
        Assert.All(Vectors.List("consistency"), v => Assert.Equal(
            v.Hashes("proof"), Proofs.Consistency(v.Number("oldSize"), v.Number("newSize"), Perfect)));
    }

    [Fact]
    public void Verifies_TheValid_AndRefusesTheInvalid()
    {
        Assert.All(Vectors.List("inclusion"), v => Assert.True(VerifyInclusion(v)));
        Assert.All(Vectors.List("inclusionInvalid"), v => Assert.False(VerifyInclusion(v), v.Text("name")));
        Assert.All(Vectors.List("consistency"), v => Assert.True(VerifyConsistency(v)));
        Assert.All(Vectors.List("consistencyInvalid"), v => Assert.False(VerifyConsistency(v), v.Text("name")));
    }

    [Fact]
    public void Names_Tiles()
    {
        foreach (var vector in Vectors.List("tilePaths"))
        {
            var path = new TilePath((int)vector.Number("level"), vector.Number("index"), (int)vector.Number("width"));
            Assert.Equal(vector.Text("path"), path.ToString());
            Assert.True(TilePath.TryParse(vector.Text("path"), out var parsed));
            Assert.Equal(path, parsed);
        }

        Assert.All(Vectors.List("tilePathsInvalid"), v => Assert.False(TilePath.TryParse(v.GetString(), out _), v.GetString()));
    }

    private static bool VerifyInclusion(JsonElement v) => Proofs.VerifyInclusion(
        v.Number("index"), v.Number("size"), v.Bytes("leaf"), v.Hashes("proof"), v.Bytes("root"));

    private static bool VerifyConsistency(JsonElement v) => Proofs.VerifyConsistency(
        v.Number("oldSize"), v.Number("newSize"), v.Bytes("oldRoot"), v.Bytes("newRoot"), v.Hashes("proof"));

    private static TreeEdge Edge(long size)
    {
        var edge = new TreeEdge();
        var completed = new List<FullTile>();
        for (var i = 0L; i < size; i++)
        {
            edge.Append(Leaf(i), completed);
        }

        Assert.Equal(size / TilePath.FullWidth, completed.Count(t => t.Level == 0));
        return edge;
    }

    private static byte[] Perfect(int height, long index) => height == 0
        ? Leaf(index)
        : TreeHash.Node(Perfect(height - 1, index * 2), Perfect(height - 1, (index * 2) + 1));

    private static byte[] Leaf(long i) => TreeHash.Leaf(Encoding.ASCII.GetBytes(i.ToString(CultureInfo.InvariantCulture)));
}
