using System.Net;
using System.Net.Http.Json;
using System.Runtime.Versioning;
using System.Text.Json;
using Coop.Federation.Audit;
using Coop.Federation.Audit.Between;
using Coop.Testing;

namespace Coop.Node.Tests.Trade;

/// <summary>Three real nodes, each of which owes the one before it, net what they owe over HTTP.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class NettingTests : IAsyncLifetime
{
    private readonly List<(ExchangeNode Node, TestMember Member, Guid Account)> _ring = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IEnumerable<string> Dids => _ring.Select(r => r.Node.Did);

    public async ValueTask InitializeAsync()
    {
        foreach (var name in new[] { "Acorn", "Birch", "Cedar" })
        {
            var node = await ExchangeNode.StartAsync(name);
            var (member, account, _) = await TradingPair.EndowAsync(node, $"A member of {name}", 10_000);
            _ring.Add((node, member, account));
        }

        for (var i = 0; i < 3; i++)
        {
            await TradingPair.PeerAsync(_ring[i].Node, _ring[(i + 1) % 3].Node);
        }

        foreach (var (node, _, _) in _ring)
        {
            await TradingPair.UntilAsync(
                node.Admin.Client, "/api/trade/peers", p => p.EnumerateArray().Count(x => x.GetProperty("isReady").GetBoolean()) == 2);
        }

        // Each owes the one before it: 10, 15 and 20.
        for (var i = 0; i < 3; i++)
        {
            var (from, to) = (_ring[(i + 1) % 3], _ring[i]);
            var paid = await TradingPair.JsonAsync(await TradingPair.PostAsync(from.Member.Client, "/api/trade/transfers", new
            {
                peer = to.Node.Did, fromAccountId = from.Account, toAccountId = to.Account, amountMinor = 1_000 + (i * 500),
            }));
            await TradingPair.UntilAsync(from.Node, paid, "closed");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (node, member, _) in _ring)
        {
            member.Dispose();
            await node.DisposeAsync();
        }
    }

    [Fact]
    public async Task WhatARingOwes_IsFound_Proposed_Approved_AndForgivenByAll()
    {
        var acorn = _ring[0].Node.Admin.Client;
        var found = (await acorn.GetFromJsonAsync<JsonElement>("/api/trade/netting-proposals", Ct)).GetProperty("rings")[0];
        Assert.Equal(Dids, found.GetProperty("ring").EnumerateArray().Select(d => d.GetString()!));
        Assert.Equal(1_000, found.GetProperty("amountMinor").GetInt64());

        var body = new { ring = Dids, unit = "EUR", amountMinor = 1_000 };
        var proposed = await TradingPair.JsonAsync(await TradingPair.PostAsync(acorn, "/api/trade/nettings", body, "net"));
        var again = await TradingPair.JsonAsync(await TradingPair.PostAsync(acorn, "/api/trade/nettings", body, "net"));
        Assert.Equal(IdOf(proposed), IdOf(again));
        await ApproveAsync(1, true);
        await ApproveAsync(2, true);

        foreach (var (node, _, _) in _ring)
        {
            var done = await UntilAsync(node, "committed", isOver: true);
            Assert.Equal((IdOf(proposed), "credited", "closed"), (
                IdOf(done), done.GetProperty("inState").GetString(), done.GetProperty("outState").GetString()));
        }

        await RequireDebtsAsync(0, 500, 1_000);
        foreach (var (line, words) in new[] { ("positions", "They owe"), ("list", "closed"), ("nettings", "committed, over") })
        {
            var shown = await Cli.PeersVerbTests.RunAsync(_ring[1].Node, "trade", line);
            Assert.Contains(words, shown.Output, StringComparison.Ordinal);
        }

        await AuditAsync();
    }

    [Fact]
    public async Task WhatOneRefuses_IsForgivenByNobody()
    {
        var acorn = _ring[0].Node.Admin.Client;
        await TradingPair.JsonAsync(await TradingPair.PostAsync(
            acorn, "/api/trade/nettings", new { ring = Dids, unit = "EUR", amountMinor = 900 }));
        await ApproveAsync(1, true);
        await ApproveAsync(2, false);
        await UntilAsync(_ring[0].Node, "aborted", isOver: true);
        await RequireDebtsAsync(1_000, 1_500, 2_000);
        using var tooMuch = await TradingPair.PostAsync(
            acorn, "/api/trade/nettings", new { ring = Dids, unit = "EUR", amountMinor = 1_001 });
        Assert.Equal(HttpStatusCode.Conflict, tooMuch.StatusCode);
        using var notOurs = await TradingPair.PostAsync(
            acorn, "/api/trade/nettings", new { ring = Dids.Reverse(), unit = "EUR", amountMinor = 1 });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, notOurs.StatusCode);
    }

    private static Guid IdOf(JsonElement netting) => netting.GetProperty("id").GetGuid();

    private static async Task<JsonElement> UntilAsync(ExchangeNode node, string state, bool isOver)
    {
        var list = await TradingPair.UntilAsync(
            node.Admin.Client, "/api/trade/nettings",
            n => n.GetArrayLength() == 1 && n[0].GetProperty("state").GetString() == state && n[0].GetProperty("isOver").GetBoolean() == isOver);
        return list[0];
    }

    private async Task ApproveAsync(int index, bool approve)
    {
        var netting = await UntilAsync(_ring[index].Node, "waiting", isOver: false);
        await TradingPair.JsonAsync(await TradingPair.PostAsync(
            _ring[index].Node.Admin.Client, $"/api/trade/nettings/{IdOf(netting)}/approval", new { approve }));
    }

    // What Acorn is owed by Birch, Birch by Cedar, and Cedar by Acorn: by the books of both.
    private async Task RequireDebtsAsync(params long[] debts)
    {
        for (var i = 0; i < 3; i++)
        {
            var (creditor, debtor) = (_ring[i].Node, _ring[(i + 1) % 3].Node);
            Assert.Equal((debts[i], -debts[i]), (await NetAsync(creditor, debtor), await NetAsync(debtor, creditor)));
        }
    }

    private static async Task<long> NetAsync(ExchangeNode node, ExchangeNode peer) =>
        (await node.Admin.Client.GetFromJsonAsync<JsonElement>("/api/trade/peers", Ct)).EnumerateArray()
        .Single(p => p.GetProperty("did").GetString() == peer.Did).GetProperty("positions")[0].GetProperty("netMinor").GetInt64();

    private async Task AuditAsync()
    {
        using var http = new HttpClient();
        var auditor = new FederationAuditor(
            address => new HttpLogSource(http, address, TimeProvider.System), FederationTrust.None, TimeSpan.FromSeconds(2), TimeProvider.System);
        var report = await auditor.RunAsync([.. _ring.Select(r => new Uri(PeeredNodes.AddressOf(r.Node)))], _ => null, Ct);
        Assert.DoesNotContain(report.Findings, f => f.IsFault);
    }
}
