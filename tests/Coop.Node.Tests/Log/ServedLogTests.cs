using System.Net;
using System.Text.Json.Nodes;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Notes;
using Coop.Testing;
using static Coop.Node.Tests.Log.TestLog;

namespace Coop.Node.Tests.Log;

public sealed class ServedLogTests
{
    [Fact]
    public async Task AnEmptyLogHasASignedCheckpoint()
    {
        await using var node = await StartAsync();
        var checkpoint = await WaitForSizeAsync(node, 0);
        Assert.Equal(0, checkpoint.Size);
        Assert.Equal(TreeHash.EmptyRoot.ToArray(), checkpoint.Root.ToArray());
        Assert.Equal("localhost:5080/log", checkpoint.Origin);
    }

    [Fact]
    public async Task EverythingServedVerifies_AtSizesAroundTileBorders()
    {
        await using var node = await StartAsync();
        var size = 0;
        foreach (var step in new[] { 1, 254, 1, 1, 254, 1, 1, 255 })
        {
            await AppendAsync(node, step);
            size += step;
            await WaitForSizeAsync(node, size);
            Assert.Equal(size, (await VerifyAsync(node)).Count);
        }
    }

    [Fact]
    public async Task PartialTilesAreAnswered_AlsoOnceTheyHaveBecomeFull()
    {
        await using var node = await StartAsync();
        await AppendAsync(node, 300);
        await WaitForSizeAsync(node, 300);

        var full = await GetAsync(node, "tile/0/000");
        Assert.Equal(256 * TreeHash.SizeBytes, full.Length);
        foreach (var width in new[] { 1, 2, 100, 255 })
        {
            Assert.Equal(full[..(width * TreeHash.SizeBytes)], await GetAsync(node, $"tile/0/000.p/{width}"));
        }

        var edge = await GetAsync(node, "tile/0/001.p/44");
        Assert.Equal(edge[..(7 * TreeHash.SizeBytes)], await GetAsync(node, "tile/0/001.p/7"));
        Assert.Equal(TreeHash.SizeBytes, (await GetAsync(node, "tile/1/000.p/1")).Length);
        Assert.NotEmpty(await GetAsync(node, "tile/entries/001.p/44"));
    }

    [Theory]
    [InlineData("tile/0/001")]
    [InlineData("tile/0/001.p/45")]
    [InlineData("tile/0/002.p/1")]
    [InlineData("tile/1/000")]
    [InlineData("tile/1/000.p/2")]
    [InlineData("tile/2/000.p/1")]
    [InlineData("tile/entries/001")]
    [InlineData("tile/entries/001.p/45")]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/x000/000")]
    [InlineData("tile/00/000")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/01")]
    [InlineData("tile/64/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/0/x999/x999/x999/x999/x999/999")]
    [InlineData("tile/entries/")]
    [InlineData("tile/")]
    public async Task RefusesWhatTheLogDoesNotHave(string path)
    {
        var node = await SharedNode.Value;
        using var response = await ResponseAsync(node, path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task FullTilesMayBeKeptForGood_AndCheckpointsNotAtAll()
    {
        await using var node = await StartAsync();
        await AppendAsync(node, 256);
        await WaitForSizeAsync(node, 256);
        using var checkpoint = await ResponseAsync(node, "checkpoint");
        Assert.Equal("no-store", checkpoint.Headers.CacheControl!.ToString());
        Assert.Equal("text/plain", checkpoint.Content.Headers.ContentType!.MediaType);

        foreach (var path in new[] { "tile/0/000", "tile/entries/000" })
        {
            using var tile = await ResponseAsync(node, path);
            Assert.Contains("immutable", tile.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
            Assert.Equal("application/octet-stream", tile.Content.Headers.ContentType!.MediaType);

            using var again = new HttpRequestMessage(HttpMethod.Get, "/log/" + path);
            again.Headers.IfNoneMatch.Add(tile.Headers.ETag!);
            using var unchanged = await node.Client.SendAsync(again, Ct);
            Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        }

        using var partial = await ResponseAsync(node, "tile/0/000.p/3");
        Assert.DoesNotContain("immutable", partial.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryEntryHasAReceiptThatVerifies()
    {
        await using var node = await StartAsync();
        await AppendAsync(node, 259);
        await WaitForSizeAsync(node, 259);
        var vkey = await VkeyAsync(node);
        foreach (var entry in await VerifyAsync(node))
        {
            var proof = TlogProof.Parse(await GetAsync(node, $"events/{entry.Id}/receipt"));
            Assert.Equal(entry.Seq, proof.Index);
            Assert.Equal(259, proof.Verify(TreeHash.Leaf(entry.Encode()), vkey).Size);
        }
    }

    [Fact]
    public async Task AnUnknownEventHasNoReceipt_AndOneThatWaitsIsToComeBack()
    {
        await using var node = await StartAsync(observer: new StalledSequencer(Coop.Node.Log.SequencerStep.BatchPrepared));
        using var unknown = await ResponseAsync(node, "events/01930000-0000-7000-8000-000000000000/receipt");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);

        var id = (await AppendAsync(node))[0];
        using var waiting = await ResponseAsync(node, $"events/{id}/receipt");
        Assert.Equal(HttpStatusCode.Conflict, waiting.StatusCode);
        Assert.Equal("1", waiting.Headers.GetValues("Retry-After").Single());
        var problem = JsonNode.Parse(await waiting.Content.ReadAsStringAsync(Ct))!;
        Assert.Equal("urn:coop:problem:not-yet-in-log", problem["type"]!.GetValue<string>());
    }

    [Fact]
    public async Task TheNodeDescribesItself()
    {
        var node = await SharedNode.Value;
        var text = await node.Client.GetStringAsync(new Uri("/.well-known/coop-node", UriKind.Relative), Ct);
        var description = JsonNode.Parse(text)!.AsObject();
        Assert.Equal(["version", "name", "did", "log", "federation"], description.Select(p => p.Key));
        var log = description["log"]!.AsObject();
        Assert.Equal(["origin", "prefix", "vkey", "witness_vkeys"], log.Select(p => p.Key));
        Assert.Equal("/log", log["prefix"]!.GetValue<string>());
        Assert.Equal("localhost:5080/log", log["origin"]!.GetValue<string>());
    }

    /// <summary>One node of 300 entries for the tests that only look; it goes with the process.</summary>
    private static readonly Lazy<Task<TestNode>> SharedNode = new(async () =>
    {
        var node = await StartAsync();
        await AppendAsync(node, 300);
        await WaitForSizeAsync(node, 300);
        return node;
    });

    private static Task<HttpResponseMessage> ResponseAsync(TestNode node, string path) =>
        node.Client.GetAsync(new Uri("/log/" + path, UriKind.Relative), Ct);
}
