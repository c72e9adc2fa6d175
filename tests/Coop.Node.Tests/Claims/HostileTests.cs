using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Coop.Federation.Claims;
using Coop.Federation.Peering;
using Coop.Identity.Net;
using Coop.Node.Features.Claims;
using Coop.Node.Features.Outbox;
using Coop.Node.Federation;
using Coop.Node.Identity;
using Coop.Node.Tests.Accounts;
using Coop.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Coop.Node.Tests.Claims;

/// <summary>A peer that signs its requests as it should, and sends what it should not.</summary>
public sealed class HostileTests : IAsyncLifetime
{
    private Pair _pair = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _pair = await Pair.StartAsync();
        Birch = (await _pair.Acorn.Node.Services.GetRequiredService<Peerings>().FindAsync(_pair.Birch.Did, Ct))!;
    }

    public ValueTask DisposeAsync() => _pair.DisposeAsync();

    [Fact]
    public async Task Claim_IsRefused_WhenItIsNotInOrder()
    {
        var (path, good) = await HeldBackAsync();
        await RefusesAsync(Changed(good, c => c["from"] = _pair.Birch.Did), StatementCodes.Parties);
        await RefusesAsync(Changed(good, c => c["to"] = _pair.Acorn.Did), StatementCodes.Parties);
        await RefusesAsync(Changed(good, c => c["kind"] = "membership"), StatementCodes.Consent);
        await RefusesAsync(Changed(good, c => c["consent"] = Guid.Empty.ToString()), StatementCodes.Consent);
        await RefusesAsync(Changed(good, c => c["terms"]!["retainUntil"] = "2020-01-01T00:00:00Z"), StatementCodes.Terms);
        await RefusesAsync(Changed(good, c => c["terms"]!["retainUntil"] = "2099-01-01T00:00:00Z"), StatementCodes.Terms);
        await RefusesAsync(Changed(good, c => c["kind"] = "certification"), StatementCodes.Credential);
        await RefusesAsync(Changed(good, c => c["credential"]!["issuer"] = _pair.Birch.Did), StatementCodes.Credential);
        await RefusesAsync(Changed(good, c => c["credential"]!["credentialSubject"]!["tradesIn"] = ""), StatementCodes.Credential);
        await RefusesAsync(Changed(good, c => c["credential"]!.AsObject().Remove("credentialStatus")), StatementCodes.Credential);
        await RefusesAsync(Changed(good, c => c["credential"]!["validUntil"] = "2020-01-01T00:00:00Z"), StatementCodes.Credential);
        await RefusesAsync(Changed(good, c => c["more"] = 1), StatementCodes.Malformed);
        await RefusesAsync(WithoutProof(good), StatementCodes.Malformed);
        await RefusesAsync(Bent(good), StatementCodes.Proof);
        await RefusesAsync(BentWithin(good), StatementCodes.Credential);
        Assert.Equal(0, await Db.CountAsync(_pair.Birch.Node, "claims_received"));

        await SendAsync(path, good);
        Assert.Equal(1, await Db.CountAsync(_pair.Birch.Node, "claims_received"));
    }

    [Fact]
    public async Task Claim_ThatIsSentAgain_IsAnsweredAsBefore_AndAnotherUnderItsIdIsNot()
    {
        var (path, good) = await HeldBackAsync();
        var first = await SendAsync(path, good);
        var second = await SendAsync(path, Resigned(good));

        Assert.Equal(first, second);
        await RefusesAsync(Changed(good, c => c["terms"]!["purpose"] = "Something else"), StatementCodes.Changed);
        Assert.Equal(1, await Db.CountAsync(_pair.Birch.Node, "claims_received"));
        Assert.Equal(["claim.received"], await Pair.TrailAsync(_pair.Birch.Admin, $"claim:{(string)good["id"]!}"));
        Assert.Equal(first, Text(await Client.GetAsync(Birch, $"{path}/{(string)good["id"]!}/receipt", OutboundLimits.Default, Ct)));
    }

    [Fact]
    public async Task WithdrawalThatOvertakesItsClaim_IsKept_AndTheClaimIsNotTaken()
    {
        var (path, good) = await HeldBackAsync();
        var id = Guid.Parse((string)good["id"]!);
        var notice = Notice(NoticeType.ClaimWithdrawal, id, Statement.Hash(good));

        var first = await SendAsync($"{path}/{id}/withdrawal", notice);
        var second = await SendAsync($"{path}/{id}/withdrawal", notice);
        var refusal = await Assert.ThrowsAsync<PeerException>(() => SendAsync(path, good));

        Assert.Equal(first, second);
        Assert.Equal(410, refusal.Status);
        Assert.Equal(0, await Db.CountAsync(_pair.Birch.Node, "claims_received", "body IS NOT NULL"));
        Assert.Equal(["claim.withdrawn"], await Pair.TrailAsync(_pair.Birch.Admin, $"claim:{id}"));
        Assert.Empty((await Pair.GetAsync(_pair.Birch.Admin.Client, "/api/received-claims")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Erasure_OfWhatIsNotHeld_IsConfirmed_AndLeavesNothing()
    {
        var before = await Db.CountAsync(_pair.Birch.Node, "event_payloads");

        var answer = await SendAsync("/federation/erasures", Notice(NoticeType.Erasure, Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), new byte[32]));

        Assert.Null(JsonNode.Parse(answer)!["event"]);
        Assert.Equal(before, await Db.CountAsync(_pair.Birch.Node, "event_payloads"));
    }

    [Fact]
    public async Task Bodies_AreBounded()
    {
        var (path, good) = await HeldBackAsync();
        await RefusesAsync(Changed(good, c => c["terms"]!["purpose"] = new string('x', 501)), StatementCodes.Malformed);
        var large = new JsonObject { ["a"] = new string('x', Statement.MaxSizeBytes) };
        Assert.Equal(413, (await Assert.ThrowsAsync<PeerException>(() => SendAsync(path, large))).Status);
        large["a"] = new string('x', 200 * 1024);
        Assert.Equal(413, (await Assert.ThrowsAsync<PeerException>(() => SendAsync(path, large))).Status);
        JsonNode deep = JsonValue.Create(1);
        for (var i = 0; i < 40; i++)
        {
            deep = new JsonObject { ["a"] = deep };
        }

        Assert.Equal(422, (await Assert.ThrowsAsync<PeerException>(() => SendAsync(path, deep.AsObject()))).Status);
    }

    [Fact]
    public async Task NobodyElse_IsServed()
    {
        foreach (var (method, path) in new[]
            {
                ("POST", "/federation/claims"), ("GET", $"/federation/claims/{Guid.Empty}/receipt"),
                ("POST", $"/federation/claims/{Guid.Empty}/withdrawal"), ("GET", "/federation/commons"),
                ("GET", $"/federation/payloads/{new string('0', 64)}"), ("POST", "/federation/erasures"),
            })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Content = method == "POST" ? new StringContent("{}", Encoding.UTF8, "application/json") : null;
            using var response = await _pair.Birch.Admin.Client.SendAsync(request, Ct);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    [Fact]
    public async Task WithoutTheScope_OrAfterTheEnd_NothingIsTaken()
    {
        var (path, good) = await HeldBackAsync();
        await Pair.EndAsync(_pair.Birch);
        Assert.Contains((await Assert.ThrowsAsync<PeerException>(() => SendAsync(path, good))).Status, new[] { 401, 403, 409 });

        await using var other = await Pair.StartAsync(scopes: PeeringScope.Replicate);
        var client = other.Acorn.Node.Services.GetRequiredService<PeerClient>();
        var peer = (await other.Acorn.Node.Services.GetRequiredService<Peerings>().FindAsync(other.Birch.Did, Ct))!;
        var refusal = await Assert.ThrowsAsync<PeerException>(
            () => client.GetAsync(peer, "/federation/commons", OutboundLimits.Default, Ct));
        Assert.Equal(403, refusal.Status);
        Assert.Equal(0, await Db.CountAsync(_pair.Birch.Node, "claims_received"));
    }

    private PeerClient Client => _pair.Acorn.Node.Services.GetRequiredService<PeerClient>();

    private StatementSigner Signer => _pair.Acorn.Node.Services.GetRequiredService<StatementSigner>();

    private Peering Birch { get; set; } = null!;

    /// <summary>A claim that Acorn has signed and not sent: Acorn holds the peering back itself.</summary>
    [Fact]
    public async Task ClaimsAndWithdrawals_ThatComeByTheThousand_AreRefusedUntilTheNextDay()
    {
        var (path, good) = await HeldBackAsync();
        await ClaimTests.ExecuteAsync(_pair.Birch.Node, $"""
            INSERT INTO claims_received (id, peer_did, peer_name, claim_id, hash, show_to_members, received_at, ended_at)
            SELECT gen_random_uuid(), '{_pair.Acorn.Did}', 'Acorn', gen_random_uuid(), '', false, now(), now()
            FROM generate_series(1, {ReceivedClaimQuota.MaxADay})
            """);
        var unknown = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var notice = Notice(NoticeType.ClaimWithdrawal, unknown, Statement.Hash(good));

        var claim = await Assert.ThrowsAsync<PeerException>(() => SendAsync(path, good));
        var withdrawal = await Assert.ThrowsAsync<PeerException>(() => SendAsync($"{path}/{unknown}/withdrawal", notice));

        Assert.Equal("urn:coop:problem:too-many-requests", claim.ProblemType);
        Assert.Equal("urn:coop:problem:too-many-requests", withdrawal.ProblemType);
        Assert.Equal(ReceivedClaimQuota.MaxADay, await Db.CountAsync(_pair.Birch.Node, "claims_received"));

        await ClaimTests.ExecuteAsync(_pair.Birch.Node, "UPDATE claims_received SET received_at = received_at - INTERVAL '1 day'");
        await SendAsync(path, good);
    }

    private async Task<(string Path, JsonObject Claim)> HeldBackAsync()
    {
        var id = (await _pair.SendTradeReferenceAsync()).GetProperty("id").GetGuid();
        await _pair.SentAsync(id, "received");
        // The same again under another id, as a program of the peer's own would make it.
        var message = await _pair.Acorn.Node.Services.GetServices<IOutboxHandler>().Single(h => h.Kind == OutboxKinds.Claim)
            .MessageAsync(new OutboxMessage(Guid.Empty, _pair.Birch.Did, OutboxKinds.Claim, id, default, 0, IsFailed: false), Ct);
        await ClaimTests.ExecuteAsync(_pair.Birch.Node, "DELETE FROM claims_received");
        return (message!.Value.Path, Changed(message.Value.Body, c => c["id"] = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("D")));
    }

    private JsonObject Changed(JsonObject claim, Action<JsonObject> change)
    {
        var body = Statement.WithoutProofs(claim);
        change(body);
        return Signer.SignWithCredential(body);
    }

    private JsonObject Resigned(JsonObject claim) => Changed(claim, _ => { });

    private JsonObject Notice(NoticeType type, Guid id, byte[] hash) => Signer.Sign(
        new Notice(type, id, hash, _pair.Acorn.Did, _pair.Birch.Did, TimeProvider.System.GetUtcNow(), Guid.Empty).ToJson());

    private static JsonObject WithoutProof(JsonObject claim)
    {
        var copy = claim.DeepClone().AsObject();
        copy.Remove("proof");
        return copy;
    }

    private static JsonObject Bent(JsonObject claim)
    {
        var copy = claim.DeepClone().AsObject();
        copy["sentAt"] = "2026-01-01T00:00:00Z";
        return copy;
    }

    /// <summary>The claim is signed anew, and its credential is not.</summary>
    private JsonObject BentWithin(JsonObject claim)
    {
        var copy = WithoutProof(claim);
        copy["credential"]!["credentialSubject"]!["tradesIn"] = "gold";
        return Signer.Sign(copy);
    }

    private async Task<string> SendAsync(string path, JsonObject body) =>
        Text(await Client.PostAsync(Birch, path, body, OutboundLimits.Default, Ct));

    private static string Text(OutboundAnswer answer) => Encoding.UTF8.GetString(answer.Body.Span);

    private async Task RefusesAsync(JsonObject claim, string code)
    {
        var refusal = await Assert.ThrowsAsync<PeerException>(() => SendAsync(ClaimPaths.Claims, claim));
        Assert.True(
            refusal.Status == 422 && refusal.Detail!.EndsWith($"({code})", StringComparison.Ordinal),
            $"{refusal.Status} {refusal.Detail}, expected {code}");
    }
}
