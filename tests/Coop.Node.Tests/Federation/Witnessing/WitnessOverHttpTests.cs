using System.Net;
using System.Text;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Notes;
using Coop.Federation.Replication;
using Coop.Federation.Witnessing;
using Coop.Identity.Keys;
using Coop.Node.Federation.Witnessing;
using Coop.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static Coop.Node.Tests.Log.TestLog;

namespace Coop.Node.Tests.Federation.Witnessing;

public sealed class WitnessOverHttpTests : IAsyncLifetime
{
    private const string Origin = "peer.example/log";

    private readonly FakePeers _peers = new();
    private readonly Ed25519Key _logKey = Ed25519Key.Generate();
    private readonly List<byte[]> _leaves = [.. Enumerable.Range(0, 40).Select(i => TreeHash.Leaf([(byte)i]))];
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("coop-witness-");
    private TestDatabase _database = null!;
    private TestNode _node = null!;

    public async ValueTask InitializeAsync()
    {
        _peers.Logs.Add(NoteKey.Create(Origin, NoteKey.Ed25519Type, _logKey.PublicKey.Span));
        _database = await TestDatabase.CreateMigratedAsync();
        _node = await StartWitnessAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        await _database.DisposeAsync();
        _data.Delete(recursive: true);
        _logKey.Dispose();
    }

    [Fact]
    public async Task AnswersEveryStatusOfTheSpecification()
    {
        var vkey = _node.Services.GetRequiredService<NodeWitness>().Vkey;
        Assert.Equal(("localhost:5080/witness", NoteKey.CosignatureType), (vkey.Name, vkey.Type));

        var (status, type, body) = await PostAsync(Request(0, 9));
        Assert.Equal((200, "text/plain; charset=utf-8"), (status, type));
        var note = Signed(9) with { Signatures = SignatureLines.Parse(Encoding.UTF8.GetBytes(body)) };
        Assert.NotNull(Cosignature.Time(note, vkey));

        Assert.Equal((409, "text/x.tlog.size", "9\n"), await PostAsync(Request(0, 12)));
        Assert.Equal(409, (await PostAsync(Body(9, [], Signed(9, "another tree")))).Status);
        Assert.Equal(422, (await PostAsync(Body(9, Proof(9, 12), Signed(12, "another tree")))).Status);
        Assert.Equal(400, (await PostAsync(Body(13, [], Signed(12)))).Status);
        Assert.Equal(400, (await PostAsync("old 9\n\nnothing\n"u8.ToArray())).Status);
        Assert.Equal(404, (await PostAsync(Body(0, [], new Checkpoint("other.example/log", 1, _leaves[0]).Sign(_logKey)))).Status);
        using var stranger = Ed25519Key.Generate();
        Assert.Equal(403, (await PostAsync(Body(9, Proof(9, 12), new Checkpoint(Origin, 12, Root(_leaves, 12)).Sign(stranger)))).Status);
        Assert.Equal(200, (await PostAsync(Request(9, 12))).Status);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public async Task Answers400_ToSignatureLinesByTheThousand(int lines)
    {
        var good = Encoding.UTF8.GetString(Request(0, 9));
        var line = good[good.LastIndexOf('—')..];
        var body = Encoding.UTF8.GetBytes(good + string.Concat(Enumerable.Repeat(line, lines)));
        Assert.Equal(400, (await PostAsync(body)).Status);
        Assert.Equal(200, (await PostAsync(Request(0, 9))).Status);
    }

    [Fact]
    public async Task TwoThatRace_OneIsCosigned_OneIsToldTheSize()
    {
        await PostAsync(Request(0, 5));
        for (var round = 0; round < 10; round++)
        {
            var old = 5 + (3 * round);
            var answers = await Task.WhenAll(PostAsync(Request(old, old + 3)), PostAsync(Request(old, old + 3)));
            // The second may also have come when the first was over: then it is stale all the same.
            Assert.Equal([200, 409], answers.Select(a => a.Status).Order());
            Assert.Equal($"{old + 3}\n", answers.Single(a => a.Status == 409).Body);
        }
    }

    [Fact]
    public async Task RemembersOverARestart_AndPublishesWhatItCosigned()
    {
        Assert.Equal(200, (await PostAsync(Request(0, 9))).Status);
        await _node.DisposeAsync();
        _node = await StartWitnessAsync();
        Assert.Equal((409, "text/x.tlog.size", "9\n"), await PostAsync(Request(0, 12)));
        var path = $"/witness/{LogSubject.IdOf(Origin)}/checkpoint";
        var note = SignedNote.Parse(await _node.Client.GetByteArrayAsync(new Uri(path, UriKind.Relative), Ct));
        Assert.Equal(Signed(9).ToString(), note.ToString());
        using var unknown = await _node.Client.GetAsync(new Uri("/witness/0123/checkpoint", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task RemembersWhatItCosigned_WhenItsDatabaseIsPutBack()
    {
        Assert.Equal(200, (await PostAsync(Request(0, 9))).Status);
        await ExecuteAsync("CREATE TABLE backup AS SELECT * FROM witnessed_logs");
        Assert.Equal(200, (await PostAsync(Request(9, 20))).Status);
        await ExecuteAsync("DELETE FROM witnessed_logs", "INSERT INTO witnessed_logs SELECT * FROM backup");
        await _node.DisposeAsync();
        _node = await StartWitnessAsync();

        // A lying log shows another history that also continues what the backup remembers.
        Assert.Equal((409, "text/x.tlog.size", "20\n"), await PostAsync(Body(9, [], Signed(12, "another tree"))));
        Assert.Equal(409, (await PostAsync(Body(20, [], Signed(20, "another tree")))).Status);
        Assert.Equal(200, (await PostAsync(Request(20, 25))).Status);

        await ExecuteAsync("DELETE FROM witnessed_logs");
        Assert.Equal((409, "text/x.tlog.size", "25\n"), await PostAsync(Request(0, 12)));
    }

    [Fact]
    public async Task CosignsNothing_OnceThePeeringIsFrozen()
    {
        Assert.Equal(200, (await PostAsync(Request(0, 9))).Status);
        _peers.Logs.Clear();
        Assert.Equal(404, (await PostAsync(Request(9, 12))).Status);
    }

    private Task<TestNode> StartWitnessAsync() => StartAsync(
        _database, _data, configure: b => _peers.AddTo(b.Services));

    private async Task<(int Status, string? Type, string Body)> PostAsync(byte[] body)
    {
        using var content = new ByteArrayContent(body);
        using var response = await _node.Client.PostAsync(new Uri("/witness/add-checkpoint", UriKind.Relative), content, Ct);
        var text = await response.Content.ReadAsStringAsync(Ct);
        return ((int)response.StatusCode, response.Content.Headers.ContentType?.ToString(), text);
    }

    private async Task ExecuteAsync(params string[] statements)
    {
        await using var connection = new NpgsqlConnection(_database.ConnectionString);
        await connection.OpenAsync(Ct);
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync(Ct);
        }
    }

    private byte[] Request(int old, int size) => Body(old, Proof(old, size), Signed(size));

    private static byte[] Body(long old, IReadOnlyList<byte[]> proof, SignedNote note) =>
        AddCheckpointRequest.Create(old, proof, note).Encode();

    private IReadOnlyList<byte[]> Proof(int old, int size) => Proofs.Consistency(old, size, Perfect);

    private byte[] Perfect(int height, long index) => height == 0
        ? _leaves[(int)index]
        : TreeHash.Node(Perfect(height - 1, index * 2), Perfect(height - 1, (index * 2) + 1));

    private SignedNote Signed(int size, string? another = null) => new Checkpoint(
        Origin, size, another is null ? Root(_leaves, size) : TreeHash.Leaf(Encoding.ASCII.GetBytes(another))).Sign(_logKey);
}
