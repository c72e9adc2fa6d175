using System.Diagnostics;
using Coop.Ledger.Accounts;
using Coop.Ledger.Exchange;
using Coop.Ledger.Reports;
using Coop.Node.Database;
using Coop.Node.Features.Ledger.Reports;
using Npgsql;

namespace Coop.Bench;

/// <summary>
/// Books of many postings, half of them on one account, over ten years with one in a hundred booked late: balances and
/// trial balances as of past days, and the books as a file. The rows are written past the posting path, which has a
/// bench of its own.
/// </summary>
internal static class ReportsBench
{
    private const int Accounts = 1_000;
    private const int ExportJournals = 100_000;
    private const int BalanceQuestions = 2_000;
    private const int TrialQuestions = 9;
    private const int Piece = 250_000;
    private const double MegaByte = 1024 * 1024;

    private const string InsertUnit =
        "INSERT INTO ledger_units (code, name, scale, kind, event_id) VALUES ('BEN', 'Bench', 2, 'money', gen_random_uuid())";

    private const string InsertAccounts = """
        INSERT INTO ledger_accounts (id, name, unit, type, event_id)
        SELECT ('01900000-0000-7000-9000-' || lpad(to_hex(i), 12, '0'))::uuid, 'Account ' || i, 'BEN',
          CASE WHEN i = 0 THEN 'asset' ELSE 'income' END, gen_random_uuid()
        FROM generate_series(0, $1 - 1) i
        """;

    private const string InsertJournals = """
        INSERT INTO ledger_journals (id, event_id, memo, effective_date, booked_at, booked_by, numbered)
        SELECT ('01900000-' || lpad(to_hex(g >> 16), 4, '0') || '-7000-8000-' || lpad(to_hex(g), 12, '0'))::uuid, gen_random_uuid(), 'Journal ' || g,
          DATE '2016-01-01' + (g * 3650 / $3)::int - (CASE WHEN g % 100 = 0 THEN (g * 7919) % 1500 ELSE 0 END)::int, now(), NULL, false
        FROM generate_series($1::bigint, $2::bigint) g
        """;

    private const string InsertDebits = """
        INSERT INTO ledger_postings (journal_id, line, line_count, next_line, account_id, unit, next_unit,
          sum_before, amount_minor, sum_after, account_seq, balance_after)
        SELECT ('01900000-' || lpad(to_hex(g >> 16), 4, '0') || '-7000-8000-' || lpad(to_hex(g), 12, '0'))::uuid, l.line, 2, 3 - l.line,
          ('01900000-0000-7000-9000-' || lpad(to_hex(CASE WHEN l.line = 1 THEN 0 ELSE 1 + (g - 1) % ($3 - 1) END), 12, '0'))::uuid, 'BEN', 'BEN',
          CASE WHEN l.line = 1 THEN 0 ELSE 100 END, CASE WHEN l.line = 1 THEN 100 ELSE -100 END, CASE WHEN l.line = 1 THEN 100 ELSE 0 END,
          CASE WHEN l.line = 1 THEN g ELSE 1 + (g - 1) / ($3 - 1) END, CASE WHEN l.line = 1 THEN 100 * g ELSE -100 * (1 + (g - 1) / ($3 - 1)) END
        FROM generate_series($1::bigint, $2::bigint) g, (VALUES (1::bigint), (2::bigint)) l (line)
        """;

    private const string UpsertBalances = """
        INSERT INTO ledger_balances (account_id, balance_minor, posting_count)
        SELECT a.id,
          coalesce((SELECT p.balance_after FROM ledger_postings p WHERE p.account_id = a.id ORDER BY p.account_seq DESC LIMIT 1), 0),
          coalesce((SELECT p.account_seq FROM ledger_postings p WHERE p.account_id = a.id ORDER BY p.account_seq DESC LIMIT 1), 0)
        FROM ledger_accounts a
        ON CONFLICT (account_id) DO UPDATE SET balance_minor = excluded.balance_minor, posting_count = excluded.posting_count
        """;

    /// <param name="dataSource">PostgreSQL, as a superuser.</param>
    /// <param name="transactions">Of the node.</param>
    /// <param name="sweep">Of the node.</param>
    /// <param name="postings">How many.</param>
    public static async IAsyncEnumerable<Figure> RunAsync(
        NpgsqlDataSource dataSource, Transactions transactions, DaySweep sweep, int postings)
    {
        var journals = Math.Max(postings / 2, ExportJournals);
        await using var connection = await dataSource.OpenConnectionAsync();
        await RunAsync(connection, "SET session_replication_role = replica");
        await RunAsync(connection, InsertUnit);
        await RunAsync(connection, InsertAccounts, Accounts);
        await FillAsync(connection, 1, ExportJournals, journals);
        await foreach (var figure in ExportAsync(transactions))
        {
            yield return figure;
        }

        await FillAsync(connection, ExportJournals + 1, journals, journals);
        // The node's own sweep runs beside this one: whoever comes second to an account leaves it, and finds nothing done.
        var clock = Stopwatch.StartNew();
        while ((await DaySweepStore.FindAsync(connection, DaySweep.LeastPostings, 1, CancellationToken.None)).Count > 0)
        {
            await sweep.SweepAsync(CancellationToken.None);
        }

        yield return new("postings swept into balances of days, by two at once", 2.0 * journals / clock.Elapsed.TotalSeconds, "1/s");
        await RunAsync(connection, "ANALYZE");
        var times = await BalancesAsync(transactions);
        yield return new($"balance as of a past date over {2L * journals:N0} postings, p50", times[times.Count / 2], "ms");
        yield return Figure.AtMost($"balance as of a past date over {2L * journals:N0} postings, p99", times[times.Count * 99 / 100], "ms", 20);
        yield return Figure.AtMost($"trial balance as of a past date over them, slowest of {TrialQuestions}", await TrialsAsync(transactions), "ms", 1_000);
    }

    private static async IAsyncEnumerable<Figure> ExportAsync(Transactions transactions)
    {
        foreach (var (name, format) in new (string, Func<IBookFormat>)[] { ("hledger", () => new HledgerFormat()), ("Beancount", () => new BeancountFormat()), ("CSV", () => new CsvFormat()) })
        {
            GC.Collect();
            var (clock, heap) = (Stopwatch.StartNew(), new Heap());
            await transactions.SnapshotAsync(
                async (connection, ct) => await BookExport.WriteAsync(
                    await BookReader.AllAsync(connection, ct), format(), Stream.Null, heap, ct),
                CancellationToken.None);
            yield return Figure.AtMost($"export of {ExportJournals:N0} journals as {name}", clock.Elapsed.TotalSeconds, "s", 5);
            yield return Figure.AtMost($"… live memory at its largest, above that at the start ({heap.Reports:N0} reports of progress)", heap.GrowthBytes / MegaByte, "MB", 32);
        }
    }

    private static async Task<List<double>> BalancesAsync(Transactions transactions)
    {
        var random = new Random(20261123);
        var times = new List<double>();
        for (var i = 0; i < BalanceQuestions; i++)
        {
            var account = new AccountId(Guid.Parse($"01900000-0000-7000-9000-{(i % 2 == 0 ? 0 : random.Next(Accounts)):x12}"));
            var day = new DateOnly(2015, 1, 1).AddDays(random.Next(4_000));
            var clock = Stopwatch.StartNew();
            await transactions.ReadAsync((connection, ct) => BalanceStore.AsOfAsync(connection, [account], day, ct), CancellationToken.None);
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        return times;
    }

    private static async Task<double> TrialsAsync(Transactions transactions)
    {
        var slowest = 0.0;
        for (var i = 0; i < TrialQuestions; i++)
        {
            var day = new DateOnly(2016 + i, 6, 30);
            var clock = Stopwatch.StartNew();
            var balances = await transactions.ReadAsync((connection, ct) => BalanceStore.AsOfAsync(connection, null, day, ct), CancellationToken.None);
            slowest = Math.Max(slowest, clock.Elapsed.TotalMilliseconds);
            if (balances.Sum(b => b.BalanceMinor) != 0)
            {
                throw new InvalidOperationException("The trial balance does not balance.");
            }
        }

        return slowest;
    }

    private static async Task FillAsync(NpgsqlConnection connection, long first, long last, long journals)
    {
        for (var from = first; from <= last; from += Piece)
        {
            var to = Math.Min(last, from + Piece - 1);
            await RunAsync(connection, InsertJournals, from, to, journals);
            await RunAsync(connection, InsertDebits, from, to, (long)Accounts);
            Console.Error.WriteLine($"{to:N0} of {journals:N0} journals");
        }

        await RunAsync(connection, UpsertBalances);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = connection.Command(sql, values);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    private sealed class Heap : IProgress<long>
    {
        private readonly long _start = GC.GetTotalMemory(forceFullCollection: true);

        public int Reports { get; private set; }

        public long GrowthBytes { get; private set; }

        public void Report(long value)
        {
            // A full collection at each report would be measured as time.
            if (Reports++ % 50 == 0)
            {
                GrowthBytes = Math.Max(GrowthBytes, GC.GetTotalMemory(forceFullCollection: true) - _start);
            }
        }
    }
}
