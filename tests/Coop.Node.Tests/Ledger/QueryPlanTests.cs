using Coop.Ledger.Journals;
using Coop.Ledger.Reports;
using Coop.Node.Features.Banking;
using Coop.Node.Features.Ledger;
using Coop.Node.Features.Ledger.Reports;
using Coop.Node.Idempotency;
using Npgsql;

namespace Coop.Node.Tests.Ledger;

/// <summary>
/// The ledger's hot queries go by an index and need no sorting, however large the books become. The
/// planner is kept from what only a small table makes cheap: what is left then, there is no index for.
/// </summary>
[Collection(LedgerNode.Name)]
public sealed class QueryPlanTests(LedgerNode ledger)
{
    private const string ForbidWhatIsCheapWhenSmall = """
        SET enable_seqscan = off;
        SET enable_bitmapscan = off;
        SET enable_hashjoin = off;
        SET enable_mergejoin = off;
        SET plan_cache_mode = force_generic_plan;
        """;

    public static TheoryData<string, string> HotQueries => new()
    {
        { nameof(IdempotencyStore.SelectAnswer), IdempotencyStore.SelectAnswer },
        { nameof(IdempotencyStore.SelectUsed), IdempotencyStore.SelectUsed },
        { nameof(FolioStore.SelectLast), FolioStore.SelectLast },
        { nameof(BooksStore.SelectAccounts), BooksStore.SelectAccounts },
        { nameof(HistoryViewStore), HistoryViewStore.SelectPage },
        { nameof(JournalViewStore), JournalViewStore.SelectPage },
        { nameof(UnitViewStore), UnitViewStore.SelectPage },
        { nameof(AccountViewStore.SelectPage), AccountViewStore.SelectPage },
        { nameof(AccountViewStore.SelectPageOfOwner), AccountViewStore.SelectPageOfOwner },
        { nameof(BankStore.SelectKnown), BankStore.SelectKnown },
        { nameof(BankStore.SelectOpenPage), BankStore.SelectOpenPage },
        { nameof(BankStore.SelectPage), BankStore.SelectPage },
        { nameof(BankStore.SelectMatchOf), BankStore.SelectMatchOf },
        { nameof(BankStore.SelectRules), BankStore.SelectRules },
        { nameof(BankStore.SelectMatchedPage), BankStore.SelectMatchedPage },
        { nameof(LineViews), LineViews.SelectOpenPostings },
        { nameof(GetReconciliation.SelectLinesSince), GetReconciliation.SelectLinesSince },
        { nameof(BalanceStore.SelectSwept), BalanceStore.SelectSwept },
        { nameof(DaySweepStore.SelectMarks), DaySweepStore.SelectMarks },
        { nameof(DaySweepStore.SelectBefore), DaySweepStore.SelectBefore },
        { nameof(DaySweepStore.SelectLater), DaySweepStore.SelectLater },
    };

    [Theory]
    [MemberData(nameof(HotQueries))]
    public async Task GoesByAnIndex_WithoutSorting(string name, string sql)
    {
        var plan = await ExplainAsync(sql);
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
        Assert.True(!plan.Contains("Sort", StringComparison.Ordinal), $"{name} sorts: {plan}");
    }

    public static TheoryData<string, string> QueriesOfOnePage => new()
    {
        { nameof(ReversalStore.SelectOriginals), ReversalStore.SelectOriginals },
        { nameof(JournalViewStore.SelectPostings), JournalViewStore.SelectPostings },
        { nameof(BankStore.SelectKeys), BankStore.SelectKeys },
        { nameof(GetReconciliation.SelectStatement), GetReconciliation.SelectStatement },
        { nameof(BankStore.SelectStatements), BankStore.SelectStatements },
        { nameof(GetStatement.SelectLines), GetStatement.SelectLines },
        { nameof(GetStatement.SelectLinesOfFew), GetStatement.SelectLinesOfFew },
    };

    /// <summary>These sort what an index found: at most a page of it, the files of a bank, or the postings of a quiet account.</summary>
    [Theory]
    [MemberData(nameof(QueriesOfOnePage))]
    public async Task GoesByAnIndex(string name, string sql)
    {
        var plan = await ExplainAsync(sql);
        Assert.True(!plan.Contains("Seq Scan", StringComparison.Ordinal), $"{name} scans: {plan}");
        Assert.Contains("Index Cond", plan, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> QueriesOfOneAccount => new()
    {
        { nameof(GetReconciliation.SelectOpenLines), GetReconciliation.SelectOpenLines },
        { nameof(GetReconciliation.SelectOpenPostings), GetReconciliation.SelectOpenPostings },
        { nameof(DaySweepStore.SelectMoved), DaySweepStore.SelectMoved },
        { nameof(BalanceStore.SelectTails), BalanceStore.SelectTails },
        { nameof(BalanceStore.SelectBalancesAfter), BalanceStore.SelectBalancesAfter },
    };

    /// <summary>
    /// However many rows these go through, they are those of an account: a join that the planner may turn round is no
    /// way to the journals, so nested loops are forbidden too, and what is left looks each journal up.
    /// </summary>
    [Theory]
    [MemberData(nameof(QueriesOfOneAccount))]
    public async Task NeverReadsTheJournalsOfAll(string name, string sql)
    {
        var plan = await ExplainAsync(sql, "SET enable_nestloop = off; SET enable_hashjoin = on");
        Assert.True(!plan.Contains("Seq Scan", StringComparison.Ordinal), $"{name} scans: {plan}");
        var lines = plan.Split('\n');
        foreach (var (line, next) in lines.Zip(lines.Skip(1)).Where(p => p.First.Contains(" on ledger_", StringComparison.Ordinal)))
        {
            var condition = line.Contains(" on ledger_journals", StringComparison.Ordinal) ? "Index Cond: (id = " : "Index Cond: ";
            Assert.True(next.Contains(condition, StringComparison.Ordinal), $"{name}: {line.Trim()}: {plan}");
        }
    }

    private async Task<string> ExplainAsync(string sql, string settings = "")
    {
        Assert.SkipWhen(ledger.Node.Database.IsCockroach, "The plan is PostgreSQL's.");
        var ct = TestContext.Current.CancellationToken;
        await using var connection = await ledger.Database.OpenConnectionAsync(ct);
        // The statement is prepared by name, so that it is planned without knowing its parameters.
        await ExecuteAsync(connection, ForbidWhatIsCheapWhenSmall + settings);
        await ExecuteAsync(connection, $"PREPARE hot AS {sql}");
        var parameters = Enumerable.Range(1, 9).Count(n => sql.Contains($"${n}", StringComparison.Ordinal));
        var values = parameters == 0 ? "" : $"({string.Join(", ", Enumerable.Repeat("NULL", parameters))})";
        await using var explain = new NpgsqlCommand($"EXPLAIN EXECUTE hot{values}", connection);
        await using var reader = await explain.ExecuteReaderAsync(ct);
        var lines = new List<string>();
        while (await reader.ReadAsync(ct))
        {
            lines.Add(reader.GetString(0));
        }

        return string.Join('\n', lines);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
