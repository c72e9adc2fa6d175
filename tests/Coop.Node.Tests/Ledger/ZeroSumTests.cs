using CsCheck;
using Npgsql;

namespace Coop.Node.Tests.Ledger;

/// <summary>
/// The database itself refuses a journal that does not sum to zero, whoever writes it
/// (docs/decisions/0004-zero-sum.md). All that is written here is rolled back.
/// </summary>
[Collection(LedgerNode.Name)]
public sealed class ZeroSumTests(LedgerNode ledger) : IAsyncLifetime
{
    private const string InsertJournal = """
        INSERT INTO ledger_journals (id, event_id, memo, effective_date, booked_at, booked_by, numbered)
        VALUES ($1, $1, 'raw', '2026-01-31', '2026-01-31T00:00:00Z', $2, false)
        """;

    private const string CountUnbalanced = """
        SELECT count(*) FROM (
          SELECT unit FROM ledger_postings WHERE journal_id = $1
          GROUP BY unit HAVING sum(amount_minor) <> 0) AS unbalanced
        """;

    private const string CountLines = "SELECT count(*) FROM ledger_postings WHERE journal_id = $1";

    private static readonly Guid Journal = Guid.AllBitsSet;

    private LedgerNode.Chart _money = null!;
    private LedgerNode.Chart _hours = null!;

    public async ValueTask InitializeAsync()
    {
        _money = await ledger.NewChartAsync();
        _hours = await ledger.NewChartAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Takes_WhatBalances() => await AssertTakenAsync(Balanced());

    [Fact]
    public async Task Refuses_EveryPartOfAJournal()
    {
        var whole = Balanced();
        for (var kept = 1; kept < (1 << whole.Count) - 1; kept++)
        {
            var part = whole.Where((_, i) => (kept & (1 << i)) != 0).ToList();
            await AssertRefusedAsync(t => RawPosting.InsertAsync(t, part));
        }
    }

    [Fact]
    public async Task Refuses_AnUnbalancedJournal_HoweverItsSumsAreWritten()
    {
        for (var i = 0; i < Balanced().Count; i++)
        {
            foreach (var off in new[] { -1, 1, 1000 })
            {
                var rows = Balanced();
                // The sum of one line is wrong; the sum runs on wrongly; it is mended in the next line.
                await AssertRefusedAsync(rows, i, r => r with { Amount = r.Amount + off });
                await AssertRefusedAsync(rows, i, r => r with { Amount = r.Amount + off, SumAfter = r.SumAfter + off });
                var running = rows.Select((r, at) => at < i ? r
                    : at == i ? r with { Amount = r.Amount + off, SumAfter = r.SumAfter + off }
                    : r with { SumBefore = r.SumBefore + off, SumAfter = r.SumAfter + off }).ToList();
                await AssertRefusedAsync(t => RawPosting.InsertAsync(t, running));
                await AssertRefusedAsync(rows, i, r => r with { SumBefore = r.SumBefore - off, Amount = r.Amount + off });
            }
        }
    }

    [Fact]
    public async Task Refuses_OneUnitAgainstAnother() => await AssertRefusedAsync(t => RawPosting.InsertAsync(
        t,
        RawPosting.Ring(Journal, (_money.Bank, _money.Unit, 10), (_hours.Bank, _hours.Unit, -10))));

    [Fact]
    public async Task Refuses_AnotherUnitThanTheAccounts() => await AssertRefusedAsync(t => RawPosting.InsertAsync(
        t,
        RawPosting.Ring(Journal, (_money.Bank, _hours.Unit, 10), (_hours.Bank, _hours.Unit, -10))));

    [Fact]
    public async Task Refuses_APostingOfNothing() => await AssertRefusedAsync(t => RawPosting.InsertAsync(
        t,
        RawPosting.Ring(Journal, (_money.Bank, _money.Unit, 0), (_money.Sales, _money.Unit, 0))));

    [Fact]
    public async Task Refuses_ToExtendAJournal()
    {
        var more = RawPosting.Ring(
            Journal, (_money.Bank, _money.Unit, 5), (_money.Sales, _money.Unit, -5));
        await AssertRefusedAsync(More(more));
        await AssertRefusedAsync(More([.. more.Select(r => r with { Line = r.Line + 5, NextLine = r.NextLine + 5 })]));
        await AssertRefusedAsync(More([.. more.Select(r => r with { Line = r.Line + 5, NextLine = r.NextLine + 5, LineCount = 7 })]));
        await AssertRefusedAsync(More(
            [new(Journal, 6, 6, 1, _money.Bank, _money.Unit, _money.Unit, 0, 5, 5)]));

        Func<NpgsqlTransaction, Task> More(List<RawPosting> rows) => async t =>
        {
            await RawPosting.InsertAsync(t, Balanced());
            await RawPosting.InsertAsync(t, rows);
        };
    }

    [Theory]
    [InlineData("DELETE FROM ledger_postings WHERE journal_id = $1 AND line = 2")]
    [InlineData("DELETE FROM ledger_postings WHERE journal_id = $1 AND line > 1")]
    [InlineData("UPDATE ledger_postings SET amount_minor = 99 WHERE journal_id = $1 AND line = 1")]
    [InlineData("UPDATE ledger_postings SET amount_minor = 99, sum_after = 99 WHERE journal_id = $1 AND line = 1")]
    [InlineData("UPDATE ledger_postings SET unit = next_unit, next_unit = unit WHERE journal_id = $1 AND line = 3")]
    [InlineData("DELETE FROM ledger_journals WHERE id = $1")]
    public async Task Refuses_ToBreakAJournal(string sql) => await AssertRefusedAsync(async t =>
    {
        await RawPosting.InsertAsync(t, Balanced());
        await ExecuteAsync(t, sql, Journal);
    });

    [Fact]
    public async Task Refuses_SumsThatOverflow() => await AssertRefusedAsync(t => RawPosting.InsertAsync(
        t,
        [
            new(Journal, 1, 2, 2, _money.Bank, _money.Unit, _money.Unit, 0, long.MaxValue, long.MaxValue),
            new(Journal, 2, 2, 1, _money.Sales, _money.Unit, _money.Unit, long.MaxValue, long.MaxValue, 0),
        ]));

    /// <summary>Whatever the database takes is balanced and whole. A failure prints the seed that repeats it.</summary>
    [Fact]
    public async Task WhateverIsTaken_IsBalanced()
    {
        var (taken, refused) = (0, 0);
        await Mutations.SampleAsync(
            async mutations =>
            {
                var rows = mutations.Aggregate(Balanced(), (all, mutate) => mutate(all));
                if (await TryAsync(rows))
                {
                    Interlocked.Increment(ref taken);
                }
                else
                {
                    Interlocked.Increment(ref refused);
                }
            },
            iter: 400,
            threads: 2);
        Assert.True(taken > 10 && refused > 10, $"{taken} taken, {refused} refused: too few to mean something.");
    }

    private static Gen<Func<List<RawPosting>, List<RawPosting>>[]> Mutations =>
        Gen.Select(Gen.Int[0, 7], Gen.Int[0, 4], Gen.Long[-2, 2], (kind, at, by) =>
            (Func<List<RawPosting>, List<RawPosting>>)(rows => Mutate(rows, kind, at, by)))
        .Array[0, 3];

    private static List<RawPosting> Mutate(List<RawPosting> rows, int kind, int at, long by)
    {
        at = Math.Min(at, rows.Count - 1);
        if (kind == 0)
        {
            return rows.Count == 1 ? rows : [.. rows.Where((_, i) => i != at)];
        }

        return [.. rows.Select((r, i) => i != at ? r : kind switch
        {
            1 => r with { Amount = r.Amount + by },
            2 => r with { SumAfter = r.SumAfter + by },
            3 => r with { SumBefore = r.SumBefore + by },
            4 => r with { NextLine = r.NextLine + by },
            5 => r with { LineCount = r.LineCount + by },
            6 => r with { NextUnit = r.Unit },
            _ => r with { Amount = r.Amount + by, SumAfter = r.SumAfter + by },
        })];
    }

    private List<RawPosting> Balanced() => RawPosting.Ring(
        Journal,
        (_money.Bank, _money.Unit, 100),
        (_money.Sales, _money.Unit, -60),
        (_money.AdaMoney, _money.Unit, -40),
        (_hours.Bank, _hours.Unit, 7),
        (_hours.Sales, _hours.Unit, -7));

    private async Task AssertTakenAsync(List<RawPosting> rows) => Assert.True(await TryAsync(rows));

    private Task AssertRefusedAsync(List<RawPosting> rows, int at, Func<RawPosting, RawPosting> change) =>
        AssertRefusedAsync(t => RawPosting.InsertAsync(t, [.. rows.Select((r, i) => i == at ? change(r) : r)]));

    private async Task AssertRefusedAsync(Func<NpgsqlTransaction, Task> write) =>
        Assert.False(await TryAsync(write));

    private Task<bool> TryAsync(List<RawPosting> rows) => TryAsync(t => RawPosting.InsertAsync(t, rows));

    /// <summary>Whether the database takes it; what it takes is checked and rolled back.</summary>
    private async Task<bool> TryAsync(Func<NpgsqlTransaction, Task> write)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var connection = await ledger.Database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await ExecuteAsync(transaction, InsertJournal, Journal, ledger.Admin.Member.Id);
        try
        {
            await write(transaction);
        }
        catch (PostgresException e) when (e.SqlState is "23503" or "23505" or "23514" or "22003")
        {
            return false;
        }

        Assert.Equal(0L, await ExecuteAsync(transaction, CountUnbalanced, Journal));
        Assert.Equal(5L, await ExecuteAsync(transaction, CountLines, Journal));
        return true;
    }

    private static async Task<object?> ExecuteAsync(
        NpgsqlTransaction transaction, string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, transaction.Connection, transaction);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
