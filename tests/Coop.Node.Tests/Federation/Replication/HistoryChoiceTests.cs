using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Coop.Federation.Audit;
using Coop.Federation.Log.Notes;
using Coop.Federation.Peering;
using Coop.Federation.Replication;
using Coop.Federation.Tests.Audit;
using Coop.Federation.Tests.Replication;
using Coop.Node.Federation.Replication;
using Coop.Node.Log;
using Coop.Node.Tests.Log;
using Coop.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Coop.Node.Tests.Federation.Replication;

/// <summary>What people decide when a peer's log has signed two histories, and what follows from it.</summary>
public sealed class HistoryChoiceTests : IAsyncLifetime
{
    private static readonly FollowSettings Quick = new()
    {
        Interval = TimeSpan.FromMilliseconds(200),
        LeastInterval = TimeSpan.FromMilliseconds(50),
        FirstPause = TimeSpan.FromMilliseconds(100),
        LongestPause = TimeSpan.FromMilliseconds(200),
        LookInterval = TimeSpan.FromMilliseconds(100),
    };

    private readonly string _id = LogSubject.IdOf(PublishedLog.Origin);
    private PublishedLog _served = PublishedLog.Of(600);
    private int _visits;
    private LogServer _server = null!;
    private ExchangeNode _node = null!;
    private Guid _peering;
    private string _did = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = LogServer.Start((path, response) =>
        {
            _visits += path == "log/checkpoint" ? 1 : 0;
            var file = _served.Files.GetValueOrDefault(path.Replace("log/", "", StringComparison.Ordinal));
            response.StatusCode = file is null ? 404 : 200;
            return response.OutputStream.WriteAsync(file ?? []).AsTask();
        });
        _node = await ExchangeNode.StartAsync("Acorn", builder =>
        {
            builder.Services.AddSingleton(TestLog.Quick);
            builder.Services.AddSingleton(Quick);
        });
        var liar = DirectPeers.Stranger(_server.Address);
        (_peering, _did) = (await DirectPeers.ConnectAsync(_node, liar), liar.Did);
        await CopiedAsync(600);
        Serve(Rewritten(900, from: 10));
        await StateAsync(PeeringState.Frozen);
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Served_FollowsTheOtherHistory_KeepsTheCopyProvable_AndFreezesForAThirdOne()
    {
        await ResumeAsync("served");
        await CopiedAsync(900);
        await RestsActiveAsync();

        // The old copy is whole under its old address, and the new one under another.
        var kept = await AuditCopyAsync(_id);
        Assert.Equal((600, true), (kept.Checkpoint!.Size, kept.IsClean));
        var followed = await AuditCopyAsync(_id + "-1");
        Assert.Equal((900, true), (followed.Checkpoint!.Size, followed.IsClean));
        var list = await GetAsync("/federation/mirrors");
        Assert.Equal(_id + "-1", Assert.Single(list.GetProperty("mirrors").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(_id, Assert.Single(list.GetProperty("aside").EnumerateArray()).GetProperty("id").GetString());

        // The chosen history grows, and what was decided is brought once more: nothing happens.
        Serve(Rewritten(1200, from: 10));
        await CopiedAsync(1200);
        Assert.Equal(EvidenceReception.Settled, await BringAsync(await OldAndNewAsync(600, 1200)));
        await RestsActiveAsync();
        Assert.Equal(1, await CountAsync(EventTypes.EquivocationFound));

        Serve(Rewritten(1500, from: 1100));
        await StateAsync(PeeringState.Frozen);
        Assert.Equal(2, await CountAsync(EventTypes.EquivocationFound));
    }

    [Fact]
    public async Task Served_FreezesAgain_WhenAPeerBringsAThirdHistory_ThatOnlyContradictsTheOldOne()
    {
        await ResumeAsync("served");
        await CopiedAsync(900);

        Assert.Equal(EvidenceReception.Settled, await BringAsync(Pair(Sign(600, "third"), Note(PublishedLog.Of(600)))));

        await StateAsync(PeeringState.Frozen);
        Assert.Equal(2, await CountAsync(EventTypes.EquivocationFound));
    }

    [Fact]
    public async Task Kept_RefusesTheOtherHistoryWhileItGrows_GoesOnWithTheOldOne_AndFreezesForAThirdOne()
    {
        await ResumeAsync("kept");
        await RestsActiveAsync();
        Serve(Rewritten(1300, from: 10));
        await RestsActiveAsync();
        Assert.Equal((600, 0), ((await CopyAsync()).Size, (await CopyAsync()).History));
        Assert.Equal(EvidenceReception.Settled, await BringAsync(await OldAndNewAsync(600, 1300)));
        Assert.Equal(1, await CountAsync(EventTypes.EquivocationFound));

        Serve(PublishedLog.Of(1400));
        await CopiedAsync(1400);
        await RestsActiveAsync();

        Serve(Rewritten(1500, from: 700));
        await StateAsync(PeeringState.Frozen);
        Assert.Equal(2, await CountAsync(EventTypes.EquivocationFound));
    }

    [Fact]
    public async Task TheDecision_IsNeeded_AndStandsInTheLog_WithTheStateOfTheOldCopy()
    {
        using var undecided = await PostAsync(new { reason = "They explained it" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, undecided.StatusCode);
        Assert.Contains("history", await undecided.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        var proof = Assert.Single((await ShownAsync()).GetProperty("proofs").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, proof.GetProperty("choice").ValueKind);

        await ResumeAsync("served");

        var decided = Assert.Single((await ShownAsync()).GetProperty("proofs").EnumerateArray());
        Assert.Equal("served", decided.GetProperty("choice").GetString());
        var step = (await ShownAsync()).GetProperty("steps")[0];
        Assert.Equal(("resumed", _node.Admin.Actor), (step.GetProperty("stepTaken").GetString(), step.GetProperty("actor").GetString()));
        var payload = (await PayloadAsync(step.GetProperty("eventId").GetGuid())).GetProperty("history");
        Assert.Equal("served", payload.GetProperty("choice").GetString());
        Assert.Equal(proof.GetProperty("id").GetString(), Assert.Single(payload.GetProperty("evidence").EnumerateArray()).GetString());
        var old = Checkpoint.Parse(Note(PublishedLog.Of(600)).Text);
        Assert.Equal((_id, 600), (payload.GetProperty("copy").GetProperty("id").GetString(), payload.GetProperty("copy").GetProperty("size").GetInt64()));
        Assert.Equal(Convert.ToBase64String(old.Root.Span), payload.GetProperty("copy").GetProperty("root").GetString());

        using var nothing = await PostAsync(new { history = "kept" });
        Assert.Equal(HttpStatusCode.Conflict, nothing.StatusCode);
    }

    private static PublishedLog Rewritten(int size, int from) => PublishedLog.Publish(PublishedLog.MakeEntries(size, from));

    private static SignedNote Note(PublishedLog log) => SignedNote.Parse(log.Files["checkpoint"]);

    private static SignedNote Sign(long size, string what) =>
        new Checkpoint(PublishedLog.Origin, size, SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(what))).Sign(PublishedLog.SigningKey);

    private static EquivocationEvidence Pair(SignedNote one, SignedNote other) =>
        EquivocationEvidence.Create(PublishedLog.Key, one, other, []);

    /// <summary>What a node proves that has a copy of the first history and is shown the second.</summary>
    private static async Task<EquivocationEvidence> OldAndNewAsync(int oldSize, int newSize)
    {
        var store = new MemoryMirrorStore();
        var options = new FollowOptions();
        await new LogFollower(PublishedLog.Of(oldSize), PublishedLog.Key, store, options).FollowAsync(Ct);
        return (await new LogFollower(Rewritten(newSize, from: 10), PublishedLog.Key, store, options).FollowAsync(Ct)).Evidence!;
    }

    private Task<EvidenceReception> BringAsync(EquivocationEvidence evidence) =>
        _node.Node.Services.GetRequiredService<EvidenceDesk>().TakeAsync(evidence, "did:example:peer", Ct);

    private void Serve(PublishedLog log) => _served = log;

    private Task StateAsync(PeeringState state) =>
        TestLog.EventuallyAsync(async () => await DirectPeers.StateAsync(_node, _did) == state);

    private Task<MirrorState> CopyAsync() => _node.Node.Services.GetRequiredService<MirrorStore>().ReadAsync(PublishedLog.Origin, Ct);

    private Task CopiedAsync(long size) => TestLog.EventuallyAsync(async () => (await CopyAsync()) is { Complete: not null } copy && copy.Size == size);

    // It is looked at several times more, and nothing happens.
    private async Task RestsActiveAsync()
    {
        await StateAsync(PeeringState.Active);
        var before = _visits;
        await TestLog.EventuallyAsync(() => Task.FromResult(_visits >= before + 4));
        Assert.Equal(PeeringState.Active, await DirectPeers.StateAsync(_node, _did));
    }

    private async Task ResumeAsync(string history)
    {
        using var resumed = await PostAsync(new { reason = "They explained it", history });
        Assert.True(resumed.IsSuccessStatusCode, await resumed.Content.ReadAsStringAsync(Ct));
    }

    private Task<HttpResponseMessage> PostAsync(object body) =>
        _node.Admin.Client.PostAsJsonAsync(new Uri($"/api/peers/{_peering}/resume", UriKind.Relative), body, Ct);

    private Task<JsonElement> ShownAsync() => GetAsync($"/api/peers/{_peering}");

    private Task<JsonElement> GetAsync(string path) =>
        _node.Admin.Client.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative), Ct);

    private async Task<JsonElement> PayloadAsync(Guid id)
    {
        await TestLog.EventuallyAsync(async () =>
        {
            using var answer = await _node.Node.Client.GetAsync(new Uri($"/log/events/{id}/payload", UriKind.Relative), Ct);
            return answer.IsSuccessStatusCode;
        });
        return (await GetAsync($"/log/events/{id}/payload")).GetProperty("payload");
    }

    private async Task<int> CountAsync(string type) => (await GetAsync("/api/log/events?limit=200"))
        .GetProperty("items").EnumerateArray().Count(e => e.GetProperty("type").GetString() == type);

    private async Task<AuditReport> AuditCopyAsync(string id)
    {
        var source = new HttpLogSource(_node.Node.Client, new Uri(_node.Node.Address, $"/federation/mirrors/{id}"), TimeProvider.System);
        return await new LogAuditor(source, PublishedLog.Key).AuditAsync(null, Ct);
    }
}
