using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Coop.Federation.Peering;
using Coop.Identity.Net;
using Coop.Node.Database;
using Coop.Node.Federation;
using Coop.Node.Federation.Wire;
using Coop.Node.Hosting;
using Coop.Node.Http;
using Coop.Node.Identity;
using Coop.Node.Tests.Claims;
using Coop.Node.Tests.Federation.Replication;
using Coop.Testing;
using Coop.Testing.Faults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using static Coop.Node.Tests.Federation.PeeringLook;

namespace Coop.Node.Tests.Federation;

/// <summary>What peers and strangers may try.</summary>
public sealed class HostilePeerTests
{
    private static readonly OutboundLimits Limits = new(64 * 1024, TimeSpan.FromSeconds(60)) { MaxRedirects = 0 };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AFloodOfUnsignedRequests_IsRefused_AndDisturbsNoPeer()
    {
        await using var nodes = await PeeredNodes.StartAsync(2);
        var peering = await PeeringOf(nodes[1], nodes[0]);

        var flood = Enumerable.Range(0, 300).Select(async i =>
        {
            using var response = await nodes[0].Node.Client.PostAsJsonAsync($"/federation/peerings/{peering.Id}/steps", new { number = i }, Ct);
            return response.StatusCode;
        }).ToArray();
        var asked = await AskAsync(nodes[1], peering);

        Assert.True(asked.IsSuccess);
        Assert.All(await Task.WhenAll(flood), status => Assert.Equal(HttpStatusCode.Unauthorized, status));
        Assert.Equal(PeeringState.Active, (await PeeringOf(nodes[0], nodes[1])).State);
    }

    [Fact]
    public async Task APeerThatAsksTooOften_IsToldToWait_AndNobodyElse()
    {
        await using var acorn = await ExchangeNode.StartAsync("Acorn");
        await using var beech = await ExchangeNode.StartAsync("Beech");
        var few = PeeringGrant.Of(PeeringScope.Claims) with { RequestsPerMinute = 10 };
        var proposed = await Desk(acorn).ProposeAsync(
            PeeredNodes.AddressOf(beech), few, PeeringGrant.Of(PeeringScope.Claims), null, acorn.Admin.Actor, Ct);
        await PeeredNodes.UntilAsync(beech, acorn.Did, PeeringState.Proposed);
        await Desk(beech).AcceptAsync(proposed.Id, proposed.OnTable!.Terms.Hash, beech.Admin.Actor, Ct);
        await PeeredNodes.UntilAsync(acorn, beech.Did, PeeringState.Active);
        await PeeredNodes.UntilAsync(beech, acorn.Did, PeeringState.Active);

        var refused = await Assert.ThrowsAsync<PeerException>(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                await AskAsync(beech, await PeeringOf(beech, acorn));
            }
        });

        Assert.Equal(429, refused.Status);
        Assert.Equal("urn:coop:problem:too-many-requests", refused.ProblemType);
        // The other way the terms allow more, and a new peer has a rate of its own.
        Assert.True((await AskAsync(acorn, await PeeringOf(acorn, beech))).IsSuccess);
        await using var cedar = await ExchangeNode.StartAsync("Cedar");
        await PeeredNodes.PeerAsync(cedar, acorn);
    }

    [Fact]
    public async Task TermsThatGrantThemselvesScopes_AreRefused_AndNothingIsStored()
    {
        await using var acorn = await ExchangeNode.StartAsync("Acorn");
        await using var liar = await ExchangeNode.StartAsync("Liar");
        var (us, them) = (await OwnOf(acorn), await OwnOf(liar));
        var all = PeeringGrant.Of(PeeringScopes.All);
        var terms = new PeeringTerms(Guid.Parse("0198a0b0-0000-7000-8000-000000000001"), 1, null, WholeSeconds(), new(them, all), new(us, all));
        var signer = liar.Node.Services.GetRequiredService<NodeIdentity>().AssertionSigner;
        var signed = SignedTerms.Draft(terms).Sign(signer.Key, signer.KeyId, WholeSeconds());
        // Its own key under our name; its scope that nobody knows; our side described otherwise than it is.
        var forged = signed.Sign(signer.Key, signer.KeyId.Replace(liar.Did, acorn.Did, StringComparison.Ordinal), WholeSeconds()).ToJson();
        var unknown = signed.ToJson();
        unknown["grants"]![1]!["scopes"] = new JsonArray("replicate", "everything");
        var unsigned = SignedTerms.Draft(terms).ToJson();
        var changed = signed.ToJson();
        changed["grants"]![0]!["requestsPerMinute"] = 7;
        var other = SignedTerms.Draft(terms with { Other = new(us with { WitnessKey = them.WitnessKey }, all) })
            .Sign(signer.Key, signer.KeyId, WholeSeconds()).ToJson();

        foreach (var bad in new[] { forged, unknown, unsigned, changed, other })
        {
            var refused = await Assert.ThrowsAsync<PeerException>(() => ProposeAsync(liar, us, terms, bad));
            Assert.Equal(422, refused.Status);
            Assert.Equal("urn:coop:problem:terms-invalid", refused.ProblemType);
        }

        Assert.Empty(await acorn.Node.Services.GetRequiredService<Peerings>().ListAsync(Ct));
        // The same terms as they should be are taken: it was not something else that was refused.
        Assert.True((await ProposeAsync(liar, us, terms, signed.ToJson())).IsSuccess);
    }

    [Fact]
    public async Task AStrangersProposal_Waits_AndOnceItIsRejectedAndBlocked_NoneIsTaken()
    {
        await using var acorn = await ExchangeNode.StartAsync("Acorn");
        await using var stranger = await ExchangeNode.StartAsync("Stranger");
        var grant = PeeringGrant.Of(PeeringScope.Claims);
        var proposed = await Desk(stranger).ProposeAsync(PeeredNodes.AddressOf(acorn), grant, grant, null, stranger.Admin.Actor, Ct);
        var waiting = await PeeredNodes.UntilAsync(acorn, stranger.Did, PeeringState.Proposed);
        Assert.False(waiting.Grants(PeeringScope.Claims));

        using var rejected = await acorn.Admin.Client.PostAsJsonAsync(
            $"/api/peers/{proposed.Id}/end", new { reason = "We do not know you", block = true }, Ct);
        Assert.True(rejected.IsSuccessStatusCode);
        await UntilAsync(async () => (await stranger.Node.Services.GetRequiredService<Peerings>().ListAsync(Ct)).Count == 0);
        var again = await Desk(stranger).ProposeAsync(PeeredNodes.AddressOf(acorn), grant, grant, null, stranger.Admin.Actor, Ct);
        await UntilAsync(async () => (await ViewOf(stranger, again.Id)).GetProperty("peering").GetProperty("trouble").GetString()
            ?.Contains("urn:coop:problem:peer-blocked", StringComparison.Ordinal) == true);

        Assert.Empty(await acorn.Node.Services.GetRequiredService<Peerings>().ListAsync(Ct));
    }

    [Fact]
    public async Task ProposalsThatAreTakenBack_CountForADay()
    {
        await using var acorn = await ExchangeNode.StartAsync("Acorn");
        await using var stranger = await ExchangeNode.StartAsync("Stranger");
        var (us, them) = (await OwnOf(acorn), await OwnOf(stranger));
        var grant = PeeringGrant.Of(PeeringScope.Claims);
        SignedTerms Drafted(int i) => SignedTerms.Draft(new PeeringTerms(
            Guid.Parse($"0198a0b0-0000-7000-8000-{i:x12}"), 1, null, WholeSeconds(), new(them, grant), new(us, grant)));
        await acorn.Node.Services.GetRequiredService<Transactions>().MaintainAsync(
            async (transaction, ct) =>
            {
                for (var i = 1; i <= PeeringReceiver.MaxProposalsADay; i++)
                {
                    var taken = PeeringRecord.New(Drafted(i), stranger.Did, TimeProvider.System.GetUtcNow());
                    var pending = new PendingTerms(taken.OnTable!.Terms.Hash, 1, PeeringSide.Them, IsAccepted: false);
                    await PeeringStore.InsertAsync(
                        transaction, taken with { Standing = taken.Standing with { Pending = pending, IsEnded = true } }, ct);
                }

                return true;
            },
            Ct);
        var signer = stranger.Node.Services.GetRequiredService<NodeIdentity>().AssertionSigner;
        var next = Drafted(0).Sign(signer.Key, signer.KeyId, WholeSeconds());

        var refused = await Assert.ThrowsAsync<PeerException>(() => ProposeAsync(stranger, us, next.Terms, next.ToJson()));

        Assert.Equal("urn:coop:problem:too-many-proposals", refused.ProblemType);
    }

    [Fact]
    public async Task NewKeysOfAPeer_AreTakenUp_AndTheTermsThatTheOldSignedStay()
    {
        await using var nodes = await PeeredNodes.StartAsync(2);
        var services = nodes[1].Node.Services;

        await NodeDidWriter.RotateAsync(services.GetRequiredService<Transactions>(), services.GetRequiredService<NodeOptions>(), Ct);
        await services.GetRequiredService<NodeIdentity>().RefreshAsync(Ct);

        Assert.True((await AskAsync(nodes[1], await PeeringOf(nodes[1], nodes[0]))).IsSuccess);
        Assert.True((await AskAsync(nodes[0], await PeeringOf(nodes[0], nodes[1]))).IsSuccess);
        await Desk(nodes[1]).SuspendAsync((await PeeringOf(nodes[1], nodes[0])).Id, null, nodes[1].Admin.Actor, Ct);
        await PeeredNodes.UntilAsync(nodes[0], nodes[1].Did, PeeringState.Suspended);
    }

    [Fact]
    public async Task AStepOfAKnownNumberWithOtherContent_IsRefused_AndKeptWithItsSignature_Once()
    {
        await using var nodes = await PeeredNodes.StartAsync(2);
        var peering = await PeeringOf(nodes[0], nodes[1]);
        await Desk(nodes[0]).SuspendAsync(peering.Id, "We move house", nodes[0].Admin.Actor, Ct);
        await PeeredNodes.UntilAsync(nodes[1], nodes[0].Did, PeeringState.Suspended);
        var number = await NumberAsync(nodes[0], peering.Id);
        JsonObject Step(string reason) => new()
        {
            ["number"] = number, ["step"] = "suspended", ["termsHash"] = peering.Terms.Hash, ["reason"] = reason,
        };

        // The same again is no contradiction.
        Assert.True((await StepAsync(nodes[0], peering, Step("We move house"))).IsSuccess);
        for (var i = 0; i < 2; i++)
        {
            var refused = await Assert.ThrowsAsync<PeerException>(() => StepAsync(nodes[0], peering, Step("You do not pay")));
            Assert.True(refused.Is(ProblemTypes.StepChanged));
        }

        var first = new JsonObject { ["number"] = 1, ["step"] = "suspended" };
        Assert.True((await Assert.ThrowsAsync<PeerException>(() => StepAsync(nodes[0], peering, first))).Is(ProblemTypes.StepChanged));

        Assert.Equal(2, await CountAsync(nodes[1], "peering.contradicted"));
        var kept = await EventAsync(nodes[1], "peering.contradicted");
        Assert.Equal((1, nodes[0].Did), (kept.GetProperty("number").GetInt32(), kept.GetProperty("peer").GetString()));
        Assert.Equal("suspended", JsonElement.Parse(kept.GetProperty("shown").GetString()!).GetProperty("step").GetString());
        Assert.Contains(nodes[0].Did, kept.GetProperty("signatureInput").GetString(), StringComparison.Ordinal);
        Assert.Equal(PeeringState.Suspended, (await PeeringOf(nodes[1], nodes[0])).State);
    }

    [Fact]
    public async Task StepsWithoutEnd_AreRefusedAndCounted_AndAnEndFindsRoom()
    {
        await using var nodes = await PeeredNodes.StartAsync(2);
        var peering = await PeeringOf(nodes[0], nodes[1]);
        await ClaimTests.ExecuteAsync(nodes[1].Node, $"UPDATE peerings SET their_steps = {PeeringRules.MaxTheirSteps}");
        await ClaimTests.ExecuteAsync(nodes[0].Node, $"UPDATE peerings SET our_steps = {PeeringRules.MaxOwnSteps}");
        var refusals = 0;
        using var listener = new MeterListener { InstrumentPublished = Listen };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
            refusals += tags.ToArray().Any(t => Equals(t.Value, ProblemTypes.TooManySteps.Code)) ? (int)count : 0);
        listener.Start();
        JsonObject Step(string step) => new() { ["number"] = PeeringRules.MaxTheirSteps + 1, ["step"] = step };

        var refused = await Assert.ThrowsAsync<PeerException>(() => StepAsync(nodes[0], peering, Step("suspended")));
        Assert.True(refused.Is(ProblemTypes.TooManySteps));
        Assert.Equal(1, refusals);
        var own = await Assert.ThrowsAsync<RefusalException>(
            () => Desk(nodes[0]).SuspendAsync(peering.Id, null, nodes[0].Admin.Actor, Ct));
        Assert.Equal(ProblemTypes.TooManySteps, own.Type);

        Assert.True((await StepAsync(nodes[0], peering, Step("ended"))).IsSuccess);
        Assert.Empty(await nodes[1].Node.Services.GetRequiredService<Peerings>().ListAsync(Ct));
    }

    private static void Listen(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name == FederationMetrics.MeterName)
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }

    private static Task<OutboundAnswer> StepAsync(ExchangeNode by, Peering peering, JsonObject step) =>
        by.Node.Services.GetRequiredService<PeerClient>().PostAsync(peering, PeeringWire.StepPathOf(peering.Id), step, Limits, Ct);

    private static async Task<long> NumberAsync(ExchangeNode node, Guid id) =>
        (await ViewOf(node, id)).GetProperty("steps").EnumerateArray()
            .Where(s => s.GetProperty("side").GetString() == "us").Max(s => s.GetProperty("number").GetInt64());

    private static async Task<JsonElement> EventAsync(ExchangeNode node, string type)
    {
        var page = JsonElement.Parse(await node.Admin.Client.GetStringAsync("/api/log/events?limit=200", Ct));
        var id = page.GetProperty("items").EnumerateArray().First(e => e.GetProperty("type").GetString() == type).GetProperty("id").GetGuid();
        return JsonElement.Parse(await node.Admin.Client.GetStringAsync($"/api/log/events/{id}", Ct)).GetProperty("payload");
    }

    [Fact]
    public async Task WhenAHundredProposalsWait_TheNextIsToldToComeLater_AndTakenWhenThereIsRoom()
    {
        await using var acorn = await ExchangeNode.StartAsync("Acorn");
        await using var stranger = await ExchangeNode.StartAsync("Stranger");
        var waiting = await FillAsync(acorn, PeeringReceiver.MaxWaiting);
        var grant = PeeringGrant.Of(PeeringScope.Claims);

        var proposed = await Desk(stranger).ProposeAsync(PeeredNodes.AddressOf(acorn), grant, grant, null, stranger.Admin.Actor, Ct);
        await UntilAsync(async () => (await ViewOf(stranger, proposed.Id)).GetProperty("peering").GetProperty("trouble").GetString()
            ?.Contains(ProblemTypes.TooManyProposals.Uri, StringComparison.Ordinal) == true);
        await Desk(acorn).EndAsync(waiting, "We do not know you", acorn.Admin.Actor, Ct);

        await PeeredNodes.UntilAsync(acorn, stranger.Did, PeeringState.Proposed);
    }

    /// <summary>Proposals of co-ops that do not exist; the id of the last.</summary>
    private static async Task<Guid> FillAsync(ExchangeNode node, int count)
    {
        var (own, grant, now) = (await OwnOf(node), PeeringGrant.Of(PeeringScope.Claims), WholeSeconds());
        var records = Enumerable.Range(0, count).Select(i =>
        {
            var who = DirectPeers.Stranger(new Uri("http://127.0.0.1:1"), $"stranger{i}");
            var terms = SignedTerms.Draft(new PeeringTerms(Guid.CreateVersion7(now), 1, null, now, new(who, grant), new(own, grant)));
            return PeeringRecord.New(terms, who.Did, now) with
            {
                TheirSteps = 1,
                Standing = PeeringStanding.None with { Pending = new PendingTerms(terms.Terms.Hash, 1, PeeringSide.Them, IsAccepted: false) },
            };
        }).ToList();
        await node.Node.Services.GetRequiredService<Transactions>().MaintainAsync(
            async (transaction, ct) =>
            {
                foreach (var record in records)
                {
                    await PeeringStore.InsertAsync(transaction, record, ct);
                }

                return true;
            },
            Ct);
        return records[^1].Id;
    }

    [Fact]
    public async Task AnUnsignedBodyIsNotWaitedFor()
    {
        await using var node = await TestNode.StartAsync();
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, node.Address.Port, Ct);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes("POST /federation/peerings HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{"), Ct);

        var buffer = new byte[64];
        var size = await stream.ReadAtLeastAsync(buffer, 12, cancellationToken: Ct);

        Assert.StartsWith("HTTP/1.1 401", Encoding.ASCII.GetString(buffer, 0, size), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://127.0.0.1")]
    [InlineData("http://localhost:9")]
    [InlineData("https://10.1.2.3")]
    [InlineData("https://[::1]:443")]
    public async Task PrivateAddresses_AreNotAsked(string peer)
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);

        using var response = await admin.Client.PostAsJsonAsync("/api/peers/preview", new { peer }, Ct);
        var problem = await response.Content.ReadAsStringAsync(Ct);

        Assert.True((int)response.StatusCode is 422 or 502, problem);
        Assert.DoesNotContain("internal", problem, StringComparison.Ordinal);
    }

    private static Task<OutboundAnswer> ProposeAsync(ExchangeNode by, PeerDescriptor to, PeeringTerms terms, JsonObject document) =>
        by.Node.Services.GetRequiredService<PeerClient>().PostAsync(
            new Peering(terms.PeeringId, to, terms, PeeringState.Proposed, WholeSeconds()), PeeringWire.ProposalPath,
            new JsonObject { ["number"] = 1, ["step"] = "proposed", ["terms"] = document }, Limits, Ct);

    private static Task<OutboundAnswer> AskAsync(ExchangeNode by, Peering peering) =>
        by.Node.Services.GetRequiredService<PeerClient>().GetAsync(peering, PeeringWire.PathOf(peering.Id), Limits, Ct);

    private static Task<PeerDescriptor> OwnOf(ExchangeNode node) => node.Node.Services.GetRequiredService<OwnDescriptor>().ReadAsync(Ct);

    private static async Task<JsonElement> ViewOf(ExchangeNode node, Guid id) =>
        JsonElement.Parse(await node.Admin.Client.GetStringAsync($"/api/peers/{id}", Ct));

    private static DateTimeOffset WholeSeconds() =>
        DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());

    // Ends with the state; a test that hangs is ended by its runner.
    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        while (!await isSo())
        {
            await Task.Delay(50, Ct);
        }
    }

    private static PeeringDesk Desk(ExchangeNode node) => node.Node.Services.GetRequiredService<PeeringDesk>();
}
