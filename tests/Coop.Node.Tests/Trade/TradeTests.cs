using System.Net;
using System.Text.Json;
using Coop.Federation.Audit;
using Coop.Federation.Audit.Between;
using Coop.Node.Features.Trade;
using Coop.Node.Tests.Accounts;
using Coop.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Coop.Node.Tests.Trade;

/// <summary>Two real nodes that trade over HTTP.</summary>
public sealed class TradeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AMemberPaysAMemberOfAnotherCoop_OnceForEachKey_AndBothBooksSayTheSame()
    {
        await using var pair = await TradingPair.StartAsync();
        var first = await TradingPair.JsonAsync(await pair.PayAsync(1_250, "one"));
        var again = await TradingPair.JsonAsync(await pair.PayAsync(1_250, "one"));
        Assert.Equal(first.GetProperty("id").GetGuid(), again.GetProperty("id").GetGuid());
        using (var other = await pair.PayAsync(1_251, "one"))
        {
            Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        }

        await TradingPair.UntilAsync(pair.Acorn, first, "closed");
        await TradingPair.UntilAsync(pair.Birch, first, "credited");

        Assert.Equal(TradingPair.AdaMinor - 1_250, await TradingPair.BalanceAsync(pair.Acorn, pair.AdaAccount));
        Assert.Equal(TradingPair.BenMinor + 1_250, await TradingPair.BalanceAsync(pair.Birch, pair.BenAccount));
        var (acorn, birch) = (await TradingPair.PositionAsync(pair.Acorn), await TradingPair.PositionAsync(pair.Birch));
        Assert.Equal((-1_250, 1_250), (acorn.GetProperty("netMinor").GetInt64(), birch.GetProperty("netMinor").GetInt64()));
        Assert.Equal(-1_250, await TradingPair.BalanceAsync(pair.Acorn, acorn.GetProperty("accountId").GetGuid()));
        Assert.Equal(1_250, await TradingPair.BalanceAsync(pair.Birch, birch.GetProperty("accountId").GetGuid()));

        // Ben sees it, too, and nobody else's.
        var bens = await TradingPair.UntilAsync(pair.Ben.Client, "/api/trade/transfers", p => p.GetProperty("items").GetArrayLength() == 1);
        Assert.Equal(first.GetProperty("id").GetGuid(), bens.GetProperty("items")[0].GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task WhatIsRefusedOrRejected_LeavesTheMoneyWhereItWas()
    {
        await using var pair = await TradingPair.StartAsync();
        await RefusedAsync(pair.PayAsync(TradingPair.LimitMinor + 1), "trade-limit");
        await RefusedAsync(pair.PayAsync(1, from: pair.AcornBank), "not-a-payment");
        await RefusedAsync(pair.PayAsync(0), "invalid-field");
        await RefusedAsync(pair.PayAsync(-5), "invalid-field");
        var toNobody = await TradingPair.JsonAsync(await pair.PayAsync(100, to: Guid.CreateVersion7(TimeProvider.System.GetUtcNow())));
        var rejected = await TradingPair.UntilAsync(pair.Acorn, toNobody, "rejected");
        Assert.Equal("payee", rejected.GetProperty("reason").GetString());
        var toClosed = await TradingPair.JsonAsync(await pair.PayAsync(100, to: await ClosedAccountOfBenAsync(pair)));
        rejected = await TradingPair.UntilAsync(pair.Acorn, toClosed, "rejected");
        Assert.Equal("payee", rejected.GetProperty("reason").GetString());
        Assert.Equal(TradingPair.AdaMinor, await TradingPair.BalanceAsync(pair.Acorn, pair.AdaAccount));
        Assert.Equal(0, (await TradingPair.PositionAsync(pair.Acorn)).GetProperty("netMinor").GetInt64());
    }

    [Fact]
    public async Task WhatIsOwed_IsSettled_AndStatementsAndAuditorAgree()
    {
        await using var pair = await TradingPair.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            var paid = await TradingPair.JsonAsync(await pair.PayAsync(1_000));
            await TradingPair.UntilAsync(pair.Acorn, paid, "closed");
        }

        // Acorn has paid Birch by bank; Birch's treasurer confirms it.
        var settled = await TradingPair.JsonAsync(await TradingPair.PostAsync(
            pair.Birch.Admin.Client, "/api/trade/settlements",
            new { peer = pair.Acorn.Did, accountId = pair.BirchBank, amountMinor = 4_000, memo = "Bank transfer 7" }));
        await TradingPair.UntilAsync(pair.Birch, settled, "closed");
        Assert.Equal(TradingPair.BenMinor + 4_000, await TradingPair.BalanceAsync(pair.Birch, pair.BirchBank));
        Assert.Equal(1_000, (await TradingPair.PositionAsync(pair.Birch)).GetProperty("netMinor").GetInt64());
        Assert.Equal(-1_000, (await TradingPair.PositionAsync(pair.Acorn)).GetProperty("netMinor").GetInt64());
        await RefusedAsync(
            TradingPair.PostAsync(
                pair.Birch.Admin.Client, "/api/trade/settlements",
                new { peer = pair.Acorn.Did, accountId = pair.BirchBank, amountMinor = 1_001 }),
            "trade-limit");

        var statements = await TradingPair.UntilAsync(
            pair.Acorn.Admin.Client, "/api/trade/statements",
            s => s.EnumerateArray().Any(x => x.GetProperty("step").GetString() == "countersign"));
        Assert.All(
            statements.EnumerateArray().Where(x => x.GetProperty("step").GetString() == "countersign"),
            s => Assert.True(s.GetProperty("message").GetProperty("agrees").GetBoolean()));
        await AuditAsync(pair);
    }

    [Fact]
    public async Task ATreasurerSettlesAndLooksOn_AndAMemberTakesBackAsThemselves()
    {
        await using var pair = await TradingPair.StartAsync();
        using var tess = await pair.Birch.Admin.InviteAsync(pair.Birch.Node, "Tess", "member", "treasurer");
        var paid = await TradingPair.JsonAsync(await pair.PayAsync(1_000));
        await TradingPair.UntilAsync(pair.Birch, paid, "credited");
        Assert.Equal(HttpStatusCode.OK, (await tess.Client.GetAsync($"/api/trade/transfers/{paid.GetProperty("id").GetGuid()}", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await tess.Client.GetAsync("/api/trade/in-doubt", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await tess.Client.GetAsync("/api/trade/statements", Ct)).StatusCode);
        var settled = await TradingPair.JsonAsync(await TradingPair.PostAsync(
            tess.Client, "/api/trade/settlements", new { peer = pair.Acorn.Did, accountId = pair.BirchBank, amountMinor = 1_000 }));
        await TradingPair.UntilAsync(pair.Birch, settled, "closed");

        // Birch's answers do not arrive any more: Ada takes her offer back, and the log says that she did.
        await pair.Birch.Node.Services.GetServices<IHostedService>().OfType<TradeCourier>().Single().StopAsync(Ct);
        var offered = await TradingPair.JsonAsync(await pair.PayAsync(1_000));
        var taken = await TradingPair.JsonAsync(await TradingPair.PostAsync(
            pair.Ada.Client, $"/api/trade/transfers/{offered.GetProperty("id").GetGuid()}/cancellation", new { }));
        Assert.Equal(("aborted", "cancelled"), (taken.GetProperty("state").GetString(), taken.GetProperty("reason").GetString()));
        var (_, actor, _) = (await Db.EventsAsync(pair.Acorn.Node)).Single(
            e => e.Payload.TryGetProperty("step", out var step) && step.GetString() == "abort");
        Assert.Equal(pair.Ada.Actor, actor);
    }

    [Fact]
    public async Task WhatStaysInDoubt_IsDecidedByWhatBothTreasurersSign()
    {
        await using var pair = await TradingPair.StartAsync();

        // Birch promises, and its answer does not arrive.
        var courier = pair.Birch.Node.Services.GetServices<IHostedService>().OfType<TradeCourier>().Single();
        await courier.StopAsync(Ct);
        var offered = await TradingPair.JsonAsync(await pair.PayAsync(1_000));
        await TradingPair.UntilAsync(pair.Birch, offered, "promised");
        var path = $"/api/trade/transfers/{offered.GetProperty("id").GetGuid()}/resolution";
        await RefusedAsync(TradingPair.PostAsync(pair.Acorn.Admin.Client, path, new { outcome = "paid" }), "transfer-decided");
        await RefusedAsync(TradingPair.PostAsync(pair.Acorn.Admin.Client, path, new { outcome = "maybe" }), "invalid-field");
        var said = await TradingPair.JsonAsync(await TradingPair.PostAsync(pair.Acorn.Admin.Client, path, new { outcome = "unpaid" }));
        Assert.Equal(("prepared", "unpaid"), (said.GetProperty("state").GetString(), said.GetProperty("ourWord").GetString()));
        await TradingPair.UntilAsync(
            pair.Birch.Admin.Client, "/api/trade/in-doubt", t => t.GetArrayLength() == 1 && t[0].GetProperty("theirWord").GetString() == "unpaid");
        await TradingPair.JsonAsync(await TradingPair.PostAsync(pair.Birch.Admin.Client, path, new { outcome = "unpaid" }));
        await courier.StartAsync(Ct);

        Assert.Equal("resolved", (await TradingPair.UntilAsync(pair.Acorn, offered, "aborted")).GetProperty("reason").GetString());
        Assert.Equal("resolved", (await TradingPair.UntilAsync(pair.Birch, offered, "aborted")).GetProperty("reason").GetString());
        Assert.Equal(TradingPair.AdaMinor, await TradingPair.BalanceAsync(pair.Acorn, pair.AdaAccount));
        Assert.Equal(0, (await TradingPair.PositionAsync(pair.Birch)).GetProperty("promisedMinor").GetInt64());
        await AuditAsync(pair, 4);
    }

    private static async Task AuditAsync(TradingPair pair, int least = 10)
    {
        using var http = new HttpClient();
        var auditor = new FederationAuditor(
            address => new HttpLogSource(http, address, TimeProvider.System), FederationTrust.None, TimeSpan.FromSeconds(2), TimeProvider.System);
        var report = await auditor.RunAsync(
            [new Uri(PeeredNodes.AddressOf(pair.Acorn)), new Uri(PeeredNodes.AddressOf(pair.Birch))], _ => null, Ct);
        Assert.DoesNotContain(report.Findings, f => f.IsFault);
        Assert.Contains(report.Pairs, p => p.Trade is { } trade && trade.Sent >= least && trade.Paired >= least);
    }

    private static async Task<Guid> ClosedAccountOfBenAsync(TradingPair pair)
    {
        var admin = pair.Birch.Admin.Client;
        var account = (await ExchangeNode.PostAsync(
            admin, "/api/ledger/accounts", new { name = "Old", unit = "EUR", type = "liability", ownerId = pair.Ben.Id })).GetProperty("id").GetGuid();
        using var closed = await admin.PostAsync($"/api/ledger/accounts/{account}/close", null, Ct);
        Assert.True(closed.IsSuccessStatusCode);
        return account;
    }

    private static async Task RefusedAsync(Task<HttpResponseMessage> request, string code)
    {
        using var response = await request;
        var problem = JsonElement.Parse(await response.Content.ReadAsStringAsync(Ct));
        Assert.False(response.IsSuccessStatusCode);
        Assert.EndsWith(code, problem.GetProperty("type").GetString(), StringComparison.Ordinal);
    }
}
