using System.Text;
using Coop.Ledger;
using Coop.Ledger.Accounts;
using Coop.Ledger.Journals;
using Coop.Node.Database;
using Coop.Node.Features.Ledger;
using Coop.Node.Idempotency;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Coop.Node.Tests.Ledger;

/// <summary>The desk that groups journals; several desks on one database are what several replicas are.</summary>
[Collection(LedgerNode.Name)]
public sealed class PostingDeskTests(LedgerNode ledger)
{
    private const string CountFolios = "SELECT count(*) FROM ledger_folios";

    // From one journal to the next the number grows by one, or by two where the period was changed between.
    private const string CountGaps = """
        SELECT count(*) FROM (
          SELECT number, lag(number) OVER (ORDER BY number) AS previous FROM ledger_journals WHERE numbered) n
        WHERE number <> coalesce(previous, 0) + 1
          AND NOT EXISTS (SELECT 1 FROM ledger_folios f WHERE f.kind = 1 AND f.first_number = n.number - 1)
        """;

    [Fact]
    public async Task WhatArrivesTogether_SharesAFolio()
    {
        var chart = await ledger.NewChartAsync();
        var desk = NewDesk();
        var folios = await ledger.CountAsync(CountFolios);
        var replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(
            i => desk.PostAsync(Item($"together-{i}", (chart.Bank, 1), (chart.Sales, -1)))));

        Assert.All(replies, r => Assert.Equal(PostingOutcome.Posted, r.Outcome));
        Assert.Equal(200, await ledger.Admin.BalanceAsync(chart.Bank));
        Assert.True(await ledger.CountAsync(CountFolios) - folios < 100);
        Assert.Equal(0, await ledger.CountAsync(CountGaps));
    }

    [Fact]
    public async Task OfSeveralReplicas_EachPostsOnce_OnTheSameAccounts()
    {
        const int Replicas = 3;
        const int Each = 40;
        var chart = await ledger.NewChartAsync();
        var desks = Enumerable.Range(0, Replicas).Select(_ => NewDesk()).ToList();
        // Every key is sent to two replicas.
        var replies = await Task.WhenAll(Enumerable.Range(0, Replicas * Each).SelectMany(i => new[]
        {
            PostUntilTakenAsync(desks[i % Replicas], Item($"replica-{i}", (chart.Bank, 1), (chart.Sales, -1))),
            PostUntilTakenAsync(desks[(i + 1) % Replicas], Item($"replica-{i}", (chart.Bank, 1), (chart.Sales, -1))),
        }));

        Assert.All(replies, r => Assert.Equal(PostingOutcome.Posted, r.Outcome));
        Assert.Equal(Replicas * Each, replies.Count(r => !r.Replayed));
        Assert.Equal(Replicas * Each, replies.Select(r => r.Answer!.Json).Distinct().Count());
        Assert.Equal(Replicas * Each, await ledger.Admin.BalanceAsync(chart.Bank));
        Assert.Equal(0, await ledger.CountAsync(CountGaps));
    }

    [Fact]
    public async Task WhatTheDatabaseRefuses_FailsAlone()
    {
        var chart = await ledger.NewChartAsync();
        var desk = NewDesk();
        var good = Enumerable.Range(0, 20).Select(i => desk.PostAsync(Item($"good-{i}", (chart.Bank, 1), (chart.Sales, -1)))).ToList();
        // Booked by somebody who is no member: the rules do not look, the database does.
        var poison = desk.PostAsync(Item("poison", (chart.Bank, 1), (chart.Sales, -1)) with { BookedBy = new(Guid.AllBitsSet) });
        good.AddRange(Enumerable.Range(20, 20).Select(i => desk.PostAsync(Item($"good-{i}", (chart.Bank, 1), (chart.Sales, -1)))));

        var failure = await Assert.ThrowsAsync<PostgresException>(() => poison);
        Assert.Equal(PostgresErrorCodes.ForeignKeyViolation, failure.SqlState);
        Assert.All(await Task.WhenAll(good), r => Assert.Equal(PostingOutcome.Posted, r.Outcome));
        Assert.Equal(40, await ledger.Admin.BalanceAsync(chart.Bank));
    }

    /// <summary>A replica may find no gap among the others for a while; then the same is sent again.</summary>
    private static async Task<PostingReply> PostUntilTakenAsync(PostingDesk desk, PostingItem item)
    {
        while (true)
        {
            try
            {
                return await desk.PostAsync(item);
            }
            catch (BusyException)
            {
            }
        }
    }

    private PostingDesk NewDesk() =>
        new(ledger.Node.Services.GetRequiredService<Transactions>(), NullLogger<PostingDesk>.Instance);

    private PostingItem Item(string key, params (Guid Account, long Minor)[] postings)
    {
        var member = ledger.Admin.Member;
        var name = $"{key}-{postings[0].Account}";
        return new(
            new IdempotentRequest(member.Id, IdempotencyKey.Parse(name), System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(name))),
            member.Actor,
            new MemberId(member.Id),
            Authority.Full,
            new JournalDraft("Memo", new DateOnly(2026, 1, 31), [.. postings.Select(p => new PostingDraft(new AccountId(p.Account), new Amount(p.Minor)))]));
    }
}
