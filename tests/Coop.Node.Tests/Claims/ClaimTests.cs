using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Coop.Federation.Claims;
using Coop.Identity.Keys;
using Coop.Node.Database;
using Coop.Node.Features.Claims;
using Coop.Node.Hosting;
using Coop.Node.Identity;
using Coop.Node.Tests.Accounts;
using Coop.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Coop.Node.Tests.Claims;

/// <summary>Claims between two real nodes.</summary>
public sealed class ClaimTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ClaimAboutTheCoop_IsReceived_Shown_AndWithdrawn()
    {
        await using var pair = await Pair.StartAsync();
        using var bo = await pair.Birch.Admin.InviteAsync(pair.Birch.Node, "Bo");

        var id = (await pair.SendTradeReferenceAsync()).GetProperty("id").GetGuid();
        var sent = await pair.SentAsync(id, "received");

        var receipt = JsonNode.Parse(sent.GetProperty("receipt").GetRawText())!.AsObject();
        Statement.Verify(receipt, KeyOf(pair.Birch));
        var received = await Pair.UntilAsync(bo.Client, "/api/received-claims", c => c.GetProperty("claimId").GetGuid() == id);
        Assert.Equal("bread", received.GetProperty("claims").GetProperty("tradesIn").GetString());
        Assert.Equal("Acorn", received.GetProperty("peer").GetProperty("name").GetString());
        var path = $"/api/received-claims/{received.GetProperty("id").GetGuid()}";
        Assert.Equal("valid", (await Pair.GetAsync(bo.Client, path)).GetProperty("verdict").GetString());
        await SameOnBothSidesAsync(pair, sent, received);

        using var withdrawal = await pair.Acorn.Admin.Client.DeleteAsync($"/api/claims/{id}", Ct);
        Assert.Equal(HttpStatusCode.OK, withdrawal.StatusCode);
        var withdrawn = await pair.SentAsync(id, "withdrawn");
        Assert.Equal(JsonValueKind.Null, withdrawn.GetProperty("claims").ValueKind);
        Statement.Verify(JsonNode.Parse(withdrawn.GetProperty("withdrawalReceipt").GetRawText())!.AsObject(), KeyOf(pair.Birch));
        var gone = await Pair.GetAsync(bo.Client, path);
        Assert.Equal("withdrawn", gone.GetProperty("claim").GetProperty("endedReason").GetString());
        Assert.Equal(JsonValueKind.Null, gone.GetProperty("document").ValueKind);
        Assert.Equal(0, await Db.CountAsync(pair.Birch.Node, "claims_received", "body IS NOT NULL"));
        string[] trail = ["claim.sent", "claim.withdrawn"];
        Assert.Equal(trail, await Pair.TrailAsync(pair.Acorn.Admin, $"claim:{id}"));
        Assert.Equal(["claim.received", "claim.withdrawn"], await Pair.TrailAsync(pair.Birch.Admin, $"claim:{id}"));
        using var again = await pair.Acorn.Admin.Client.DeleteAsync($"/api/claims/{id}", Ct);
        Assert.Equal("claim-state", await Pair.ProblemAsync(again, HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task ClaimAboutAMember_NeedsTheirConsent_AndEndsWithIt()
    {
        await using var pair = await Pair.StartAsync();
        using var ada = await pair.MemberAsync("Ada", "membership");
        using var bo = await pair.Birch.Admin.InviteAsync(pair.Birch.Node, "Bo");
        using var refused = await pair.SendAboutAsync(ada, "standing");
        Assert.Equal("no-consent", await Pair.ProblemAsync(refused, HttpStatusCode.Conflict));

        using var sent = await pair.SendAboutAsync(ada, "membership");
        Assert.Equal(HttpStatusCode.Created, sent.StatusCode);
        using var twice = await pair.SendAboutAsync(ada, "membership");
        Assert.Equal("claim-exists", await Pair.ProblemAsync(twice, HttpStatusCode.Conflict));
        var id = JsonElement.Parse(await sent.Content.ReadAsStringAsync(Ct)).GetProperty("id").GetGuid();
        await pair.SentAsync(id, "received");

        var mine = await Pair.GetAsync(ada.Client, "/api/me/consents");
        Assert.Equal("Ada", Assert.Single(mine.GetProperty("claims").EnumerateArray()).GetProperty("claims").GetProperty("memberName").GetString());
        Assert.Empty((await Pair.GetAsync(bo.Client, "/api/received-claims")).GetProperty("items").EnumerateArray());
        var secretarys = Assert.Single((await Pair.GetAsync(pair.Birch.Admin.Client, "/api/received-claims")).GetProperty("items").EnumerateArray());
        using var hidden = await bo.Client.GetAsync($"/api/received-claims/{secretarys.GetProperty("id").GetGuid()}", Ct);
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);

        var consent = Assert.Single(mine.GetProperty("consents").EnumerateArray()).GetProperty("id").GetGuid();
        using var notMine = await pair.Acorn.Admin.Client.DeleteAsync($"/api/me/consents/{consent}", Ct);
        Assert.Equal(HttpStatusCode.NotFound, notMine.StatusCode);
        using var withdrawn = await ada.Client.DeleteAsync($"/api/me/consents/{consent}", Ct);
        Assert.Equal(HttpStatusCode.OK, withdrawn.StatusCode);
        await pair.SentAsync(id, "withdrawn");
        Assert.Equal(0, await Db.CountAsync(pair.Birch.Node, "claims_received", "body IS NOT NULL"));
        Assert.Equal(1, await Db.CountAsync(pair.Acorn.Node, "credentials", "revoked_at IS NOT NULL"));
        Assert.Equal(["consent.given", "consent.withdrawn"], await Pair.TrailAsync(ada, $"consent:{consent}"));
    }

    [Fact]
    public async Task ClaimAboutAMember_EndsWhenTheyLeave()
    {
        await using var pair = await Pair.StartAsync();
        using var ada = await pair.MemberAsync("Ada", "skill");
        using var sent = await pair.SendAboutAsync(ada, "skill");
        var id = JsonElement.Parse(await sent.Content.ReadAsStringAsync(Ct)).GetProperty("id").GetGuid();
        await pair.SentAsync(id, "received");
        var did = (await Pair.GetAsync(ada.Client, "/api/me/dids")).GetProperty("items")[0].GetProperty("id").GetGuid();

        using var unlinked = await ada.Client.DeleteAsync($"/api/me/dids/{did}", Ct);

        Assert.Equal(HttpStatusCode.OK, unlinked.StatusCode);
        await pair.SentAsync(id, "withdrawn");
        Assert.Equal(["claim.sent", "claim.withdrawn"], await Pair.TrailAsync(pair.Acorn.Admin, $"claim:{id}"));
    }

    [Fact]
    public async Task Claim_WaitsForAPeerThatHoldsBack_AndIsReceivedAfter()
    {
        await using var pair = await Pair.StartAsync();
        await Pair.SuspendAsync(pair.Birch, true);

        var id = (await pair.SendTradeReferenceAsync()).GetProperty("id").GetGuid();
        await WaitForAttemptAsync(pair.Acorn.Node);
        Assert.Equal(0, await Db.CountAsync(pair.Birch.Node, "claims_received"));
        await Pair.SuspendAsync(pair.Birch, false);

        await pair.SentAsync(id, "received");
    }

    [Fact]
    public async Task Claim_ThatWaitsWhileTheKeysAreRotated_IsReceived_SignedWithTheNewOnes()
    {
        await using var pair = await Pair.StartAsync();
        await Pair.SuspendAsync(pair.Birch, true);
        var id = (await pair.SendTradeReferenceAsync()).GetProperty("id").GetGuid();
        await WaitForAttemptAsync(pair.Acorn.Node);
        var old = pair.Acorn.Node.Services.GetRequiredService<NodeIdentity>().AssertionSigner.KeyId;

        var services = pair.Acorn.Node.Services;
        await NodeDidWriter.RotateAsync(services.GetRequiredService<Transactions>(), services.GetRequiredService<NodeOptions>(), Ct);
        await services.GetRequiredService<NodeIdentity>().RefreshAsync(Ct);
        await Pair.SuspendAsync(pair.Birch, false);

        await pair.SentAsync(id, "received");
        var received = Assert.Single((await Pair.GetAsync(pair.Birch.Admin.Client, "/api/received-claims")).GetProperty("items").EnumerateArray());
        var read = await Pair.GetAsync(pair.Birch.Admin.Client, $"/api/received-claims/{received.GetProperty("id").GetGuid()}");
        Assert.Equal("valid", read.GetProperty("verdict").GetString());
        var proof = read.GetProperty("document").GetProperty("proof").GetProperty("verificationMethod").GetString();
        Assert.NotEqual(old, proof);
        Assert.Equal(services.GetRequiredService<NodeIdentity>().AssertionSigner.KeyId, proof);
    }

    [Fact]
    public async Task WhenThePeeringEnds_NothingIsSent_AndWhatWasReceivedIsDeleted()
    {
        await using var pair = await Pair.StartAsync();
        var id = (await pair.SendTradeReferenceAsync()).GetProperty("id").GetGuid();
        await pair.SentAsync(id, "received");
        await Pair.EndAsync(pair.Acorn);
        await Pair.EndAsync(pair.Birch);

        using var refused = await pair.Acorn.Admin.Client.DeleteAsync($"/api/claims/{id}", Ct);
        await pair.SentAsync(id, "withdrawn");
        await ExecuteAsync(pair.Birch.Node, "UPDATE claims_received SET received_at = received_at - interval '2 minutes'");
        await pair.Birch.Node.Services.GetRequiredService<ClaimSweep>().RunAsync(Ct);

        Assert.Equal(0, await Db.CountAsync(pair.Birch.Node, "claims_received", "body IS NOT NULL"));
        Assert.Equal(1, await Db.CountAsync(pair.Birch.Node, "claims_received", "ended_reason = 'peering-ended'"));
        Assert.Equal(["claim.received", "claim.withdrawn"], await Pair.TrailAsync(pair.Birch.Admin, $"claim:{id}"));
        var problem = await Assert.ThrowsAsync<HttpRequestException>(pair.SendTradeReferenceAsync);
        Assert.Contains("no-peering", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhenItsTimeIsOver_TheReceiverDeletesIt()
    {
        await using var pair = await Pair.StartAsync();
        var id = (await pair.SendTradeReferenceAsync()).GetProperty("id").GetGuid();
        await pair.SentAsync(id, "received");
        var sweeper = pair.Birch.Node.Services.GetRequiredService<ClaimSweep>();
        await sweeper.RunAsync(Ct);
        Assert.Equal(1, await Db.CountAsync(pair.Birch.Node, "claims_received", "body IS NOT NULL"));

        await ExecuteAsync(pair.Birch.Node, "UPDATE claims_received SET retain_until = received_at");
        await sweeper.RunAsync(Ct);
        await sweeper.RunAsync(Ct);

        Assert.Equal(1, await Db.CountAsync(pair.Birch.Node, "claims_received", "ended_reason = 'retention-over'"));
        Assert.Equal(["claim.received", "claim.withdrawn"], await Pair.TrailAsync(pair.Birch.Admin, $"claim:{id}"));
    }

    internal static async Task WaitForAttemptAsync(TestNode node)
    {
        while (await Db.CountAsync(node, "federation_outbox", "attempts > 0 AND problem IS NOT NULL") == 0)
        {
            await Task.Delay(50, Ct);
        }
    }

    internal static async Task ExecuteAsync(TestNode node, string sql)
    {
        await using var connection = new Npgsql.NpgsqlConnection(node.Database.ConnectionString);
        await connection.OpenAsync(Ct);
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private static VerificationKey KeyOf(ExchangeNode node) =>
        node.Node.Services.GetRequiredService<NodeIdentity>().AssertionSigner.Key.Public;

    /// <summary>What an auditor needs: the same id and hash in both logs, each naming the other.</summary>
    private static async Task SameOnBothSidesAsync(Pair pair, JsonElement sent, JsonElement received)
    {
        var ours = await Pair.InLogAsync(pair.Acorn.Admin, sent.GetProperty("eventId").GetGuid());
        var theirs = await Pair.InLogAsync(pair.Birch.Admin, received.GetProperty("eventId").GetGuid());
        foreach (var member in new[] { "claimId", "hash", "kind" })
        {
            Assert.Equal(
                ours.GetProperty("payload").GetProperty(member).GetString(),
                theirs.GetProperty("payload").GetProperty(member).GetString());
        }

        Assert.Equal(pair.Birch.Did, ours.GetProperty("payload").GetProperty("peer").GetString());
        Assert.Equal(pair.Acorn.Did, theirs.GetProperty("payload").GetProperty("peer").GetString());
        Assert.Equal(4, theirs.GetProperty("payload").EnumerateObject().Count());
    }
}
