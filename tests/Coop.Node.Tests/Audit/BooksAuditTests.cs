using System.Text;
using Coop.Federation.Audit;
using Coop.Ledger.Audit;
using Coop.Node.Cli;
using Coop.Node.Cli.Books;
using Coop.Node.Tests.Ledger;
using Coop.Node.Tests.Log;
using Coop.Testing;
using Npgsql;

namespace Coop.Node.Tests.Audit;

/// <summary>The audit of the books of a real node: as they are, and with the database changed by hand.</summary>
public sealed class BooksAuditTests : IAsyncLifetime
{
    private TestNode _node = null!;
    private NpgsqlConnection _sql = null!;
    private LedgerClient _admin = null!;
    private Guid _bank;
    private Guid _first;
    private Guid _last;

    public async ValueTask InitializeAsync()
    {
        _node = await TestNode.StartAsync();
        _sql = new NpgsqlConnection(_node.Database.ConnectionString);
        await _sql.OpenAsync(TestLog.Ct);
        _admin = new(await TestMember.EnrolAdministratorAsync(_node));
        (await _admin.CreateUnitAsync("EUR")).ExpectCreated();
        _bank = await _admin.OpenAsync("Bank", "EUR", "asset");
        var sales = await _admin.OpenAsync("Sales", "EUR", "income");
        _first = (await _admin.JournalAsync((_bank, 500), (sales, -500))).ExpectCreated().Id;
        (await _admin.PostAsync($"journals/{_first}/reverse", new { effectiveDate = "2026-01-31", memo = "Wrong" }, _admin.NewKey())).ExpectCreated();
        (await _admin.PostAsync("periods/close", new { openFrom = "2026-01-15" })).ExpectOk();
        var pending = (await _admin.PostAsync("pending", new { journal = LedgerClient.Journal((_bank, 70), (sales, -70)) }, _admin.NewKey())).ExpectCreated().Id;
        (await _admin.PostAsync($"pending/{pending}/post", new { }, _admin.NewKey())).ExpectCreated();
        _last = (await _admin.JournalAsync((_bank, 20), (_bank, 3), (sales, -23))).ExpectCreated().Id;
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _sql.DisposeAsync();
        await _node.DisposeAsync();
    }

    [Fact]
    public async Task Holds_AsTheyAre_ForWhoHasATreasurersToken_OrAFileOfTheBooks()
    {
        await SequencedAsync();
        var folder = Directory.CreateTempSubdirectory("coop-books-");
        try
        {
            var token = Path.Combine(folder.FullName, "token");
            await File.WriteAllTextAsync(token, await _admin.Member.Session.IssueTokenAsync(), TestLog.Ct);
            var live = await AuditedNode.RunAsync(_node, "--token", token);
            Assert.Equal((0, "holds"), (live.ExitCode, live.Verdict));
            Assert.Equal(4, live.Answer.GetProperty("books").GetProperty("journals").GetInt64());
            Assert.Equal(0, live.Answer.GetProperty("books").GetProperty("findingCount").GetInt64());

            var books = Path.Combine(folder.FullName, "books");
            await File.WriteAllBytesAsync(books, await BooksAsync(), TestLog.Ct);
            var filed = await AuditedNode.RunAsync(_node, "--books", books);
            Assert.Equal((0, "holds"), (filed.ExitCode, filed.Verdict));

            await File.WriteAllTextAsync(token, "no-token", TestLog.Ct);
            Assert.Equal(2, (await AuditedNode.RunAsync(_node, "--token", token)).ExitCode);

            await ExecuteAsync($"UPDATE ledger_balances SET balance_minor = balance_minor + 1 WHERE account_id = '{_bank}'");
            await File.WriteAllBytesAsync(books, await BooksAsync(), TestLog.Ct);
            var wrong = await AuditedNode.RunAsync(_node, "--books", books);
            Assert.Equal((1, "fault"), (wrong.ExitCode, wrong.Verdict));
            var finding = wrong.Answer.GetProperty("books").GetProperty("findings")[0];
            Assert.Equal(("balance-wrong", _bank), (finding.GetProperty("code").GetString(), finding.GetProperty("account").GetGuid()));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Names_WhatWasChangedInTheDatabase()
    {
        Assert.SkipWhen(_node.Database.IsCockroach, "Foreign keys are switched off for a session, which is PostgreSQL's.");
        Assert.Empty((await AuditAsync()).Findings.Kept);

        // Both lines, and all that follows from them: the database itself finds nothing wrong with it.
        await FindsAsync(
            [BookFindingCode.JournalChanged, BookFindingCode.BalanceWrong], _last,
            $"""
            UPDATE ledger_postings SET amount_minor = amount_minor + CASE line WHEN 1 THEN 7 ELSE -7 END,
              sum_before = sum_before + CASE WHEN line > 1 THEN 7 ELSE 0 END,
              sum_after = sum_after + CASE WHEN line < 3 THEN 7 ELSE 0 END,
              balance_after = balance_after + CASE WHEN line < 3 THEN 7 ELSE -7 END
            WHERE journal_id = '{_last}' AND line <> 2
            """,
            $"UPDATE ledger_postings SET sum_before = sum_before + 7, sum_after = sum_after + 7, balance_after = balance_after + 7 WHERE journal_id = '{_last}' AND line = 2",
            $"UPDATE ledger_balances SET balance_minor = balance_minor + 7 * CASE WHEN account_id = '{_bank}' THEN 1 ELSE -1 END");
        await FindsAsync(
            [BookFindingCode.JournalMissing], _last,
            $"DELETE FROM ledger_postings WHERE journal_id = '{_last}'", $"DELETE FROM ledger_journals WHERE id = '{_last}'");
        await FindsAsync([BookFindingCode.BalanceWrong], null, $"UPDATE ledger_balances SET balance_minor = 1 - balance_minor WHERE account_id = '{_bank}'");
        await FindsAsync([BookFindingCode.JournalChanged], _first, $"UPDATE ledger_journals SET effective_date = DATE '2026-01-01' WHERE id = '{_first}'");
        await FindsAsync([BookFindingCode.JournalChanged], _first, $"UPDATE ledger_journals SET memo = 'Other' WHERE id = '{_first}'");
        await FindsAsync([BookFindingCode.JournalUnnumbered], _first, $"UPDATE ledger_journals SET numbered = false WHERE id = '{_first}'");
        await FindsAsync([BookFindingCode.AccountChanged], null, $"UPDATE ledger_accounts SET floor_minor = -1 WHERE id = '{_bank}'");
        await FindsAsync(
            [BookFindingCode.JournalUnlogged, BookFindingCode.PostingSequence], null,
            """
            INSERT INTO ledger_journals (id, event_id, memo, effective_date, booked_at, booked_by, numbered)
            SELECT '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002', memo, effective_date, booked_at, booked_by, false
            FROM ledger_journals WHERE number = 1
            """,
            """
            INSERT INTO ledger_postings SELECT '00000000-0000-7000-8000-000000000001', line, line_count, next_line, account_id, unit, next_unit,
              sum_before, amount_minor, sum_after, account_seq + 1000, balance_after FROM ledger_postings
            WHERE journal_id = (SELECT id FROM ledger_journals WHERE number = 1)
            """);
    }

    [Fact]
    public async Task Names_ThePayload_ThatIsNotAsItWasCommittedTo()
    {
        Assert.SkipWhen(_node.Database.IsCockroach, "Foreign keys are switched off for a session, which is PostgreSQL's.");
        await FindsAsync(
            [BookFindingCode.PayloadChanged, BookFindingCode.JournalUnlogged, BookFindingCode.BalanceWrong], null,
            $"UPDATE event_payloads SET payload = replace(payload, 'Memo', 'Mema') WHERE event_id = (SELECT event_id FROM ledger_journals WHERE id = '{_last}')");
        await FindsAsync(
            [BookFindingCode.PayloadMissing, BookFindingCode.JournalUnlogged], null,
            $"UPDATE event_payloads SET payload = '', salt = '' WHERE event_id = (SELECT event_id FROM ledger_journals WHERE id = '{_last}')");
    }

    [Fact]
    public async Task Believes_NoEventThatIsSaidToWait()
    {
        await SequencedAsync();
        var lines = Encoding.UTF8.GetString(await BooksAsync()).Split('\n');
        var account = Array.FindIndex(lines, l => l.StartsWith("{\"account\"", StringComparison.Ordinal));
        Assert.True(account > 0);
        lines[account] = lines[account].Replace("\"closed\":false", "\"closed\":true", StringComparison.Ordinal);
        lines[0] += $"\n{{\"waiting\":\"{Guid.AllBitsSet}\"}}";

        var report = await AuditAsync(Encoding.UTF8.GetBytes(string.Join('\n', lines)));

        Assert.True(report.IsClean);
        Assert.Contains("closed", Assert.Single(report.Unproven), StringComparison.Ordinal);
        Assert.Equal(AuditOutcome.Unchecked, (await OutcomeAsync(report)).ExitCode);
    }

    [Fact]
    public async Task Refuses_AFileThatIsCutShort_OrNoneOfItsLog()
    {
        await SequencedAsync();
        var books = Encoding.UTF8.GetString(await BooksAsync());
        await RefusesAsync("cut short", books[..(books.LastIndexOf("{\"end\"", StringComparison.Ordinal))]);
        await RefusesAsync("does not end", books[..^1]);
        await RefusesAsync("Line 1", "{}\n");
        await RefusesAsync("Line 1", "<xml>\n");
        await RefusesAsync("of other.example", books.Replace("\"origin\":\"", "\"origin\":\"of other.example", StringComparison.Ordinal));
        await RefusesAsync("number of journals", books.Replace("\"end\":\"4\"", "\"end\":\"3\"", StringComparison.Ordinal));
        await RefusesAsync("more than", new string(' ', BooksReading.MaxLineSizeBytes + 1));
    }

    private async Task RefusesAsync(string words, string books)
    {
        var e = await Assert.ThrowsAsync<AuditImpossibleException>(() => AuditAsync(Encoding.UTF8.GetBytes(books)));
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
    }

    /// <summary>Changes the database, audits, and changes it back.</summary>
    private async Task FindsAsync(BookFindingCode[] codes, Guid? journal, params string[] changes)
    {
        string[] tables = ["ledger_journals", "ledger_postings", "ledger_balances", "ledger_accounts", "event_payloads"];
        await SequencedAsync();
        foreach (var table in tables)
        {
            await ExecuteAsync($"CREATE TEMP TABLE kept_{table} AS SELECT * FROM {table}");
        }

        await ExecuteAsync("SET session_replication_role = replica");
        foreach (var change in changes)
        {
            await ExecuteAsync(change);
        }

        var report = await AuditAsync();
        foreach (var table in tables)
        {
            await ExecuteAsync($"DELETE FROM {table}");
            await ExecuteAsync($"INSERT INTO {table} SELECT * FROM kept_{table}");
            await ExecuteAsync($"DROP TABLE kept_{table}");
        }

        await ExecuteAsync("SET session_replication_role = DEFAULT");
        foreach (var finding in report.Findings.Kept)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{finding}");
        }

        foreach (var code in codes)
        {
            Assert.Contains(report.Findings.Kept, f => f.Code == code);
        }

        Assert.True(journal is null || report.Findings.Kept.Any(f => f.Code == codes[0] && f.Journal == journal && f.Entry is not null));
        Assert.Empty((await AuditAsync()).Findings.Kept);
    }

    private async Task<BooksReport> AuditAsync() => await AuditAsync(await BooksAsync());

    private async Task<BooksReport> AuditAsync(byte[] books)
    {
        using var http = AuditHttp.Create();
        var chronicle = new LogChronicle(withBooks: true);
        var audit = await NodeAudit.RunAsync(http, _node.Address, null, null, TimeProvider.System, null, TestLog.Ct, chronicle);
        Assert.True(audit.Report.IsClean);
        using var file = new MemoryStream(books);
        return await new BooksReading(chronicle.Books, audit.Report.Checkpoint!.Origin, audit.Report.Checkpoint.Size).ReadAsync(file, TestLog.Ct);
    }

    private async Task<AuditOutcome> OutcomeAsync(BooksReport report)
    {
        using var http = AuditHttp.Create();
        var audit = await NodeAudit.RunAsync(http, _node.Address, null, null, TimeProvider.System, null, TestLog.Ct, null);
        return AuditOutcome.Of(audit) with { Books = report };
    }

    private async Task<byte[]> BooksAsync()
    {
        using var response = await _admin.Member.Client.GetAsync(new Uri("/api/ledger/export/audit", UriKind.Relative), TestLog.Ct);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsByteArrayAsync(TestLog.Ct);
    }

    /// <summary>Until the log shows every event that there is.</summary>
    private Task SequencedAsync() => TestLog.EventuallyAsync(async () =>
        await CountAsync("SELECT count(*) FROM log_intake") == 0
        && await TestLog.IsPublishedAsync(_node)
        && (await TestLog.CheckpointAsync(_node)).Size == await CountAsync("SELECT count(*) FROM log_entries"));

    private async Task<long> CountAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, _sql);
        return (long)(await command.ExecuteScalarAsync(TestLog.Ct))!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, _sql);
        await command.ExecuteNonQueryAsync(TestLog.Ct);
    }
}
