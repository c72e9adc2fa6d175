using Coop.Ledger.Accounts;
using Npgsql;

namespace Coop.Ledger.Reports;

/// <summary>An account with postings that its balances of days do not hold yet.</summary>
/// <param name="Account">Which.</param>
/// <param name="SweptSeq">The last posting that they hold.</param>
/// <param name="LastSeq">The last posting that is to be taken in.</param>
public readonly record struct Unswept(AccountId Account, long SweptSeq, long LastSeq);

/// <summary>
/// Takes postings into ledger_day_balances. Postings of an account are numbered without gaps in the order in
/// which they were committed and never change, so that a mark says exactly what has been taken in.
/// </summary>
public static class DaySweepStore
{
    private const string SelectUnswept = """
        SELECT b.account_id, coalesce(m.swept_seq, 0), b.posting_count
        FROM ledger_balances b
        LEFT JOIN ledger_day_marks m ON m.account_id = b.account_id
        WHERE b.posting_count >= coalesce(m.swept_seq, 0) + $1
        LIMIT $2
        """;

    internal const string SelectMarks = "SELECT account_id, swept_seq FROM ledger_day_marks WHERE account_id = ANY($1)";

    // The date is asked for row by row, so that no plan reads all journals for a few postings.
    internal const string SelectMoved = """
        SELECT (SELECT j.effective_date FROM ledger_journals j WHERE j.id = p.journal_id) AS day,
          sum(p.amount_minor) AS moved
        FROM ledger_postings p
        WHERE p.account_id = $1 AND p.account_seq > $2 AND p.account_seq <= $3
        GROUP BY day
        ORDER BY day
        """;

    internal const string SelectBefore = """
        SELECT day, balance_minor FROM ledger_day_balances
        WHERE account_id = $1 AND day < $2
        ORDER BY day DESC LIMIT 1
        """;

    internal const string SelectLater = """
        SELECT day, balance_minor FROM ledger_day_balances
        WHERE account_id = $1 AND day >= $2
        ORDER BY day
        """;

    private const string UpsertDays = """
        INSERT INTO ledger_day_balances (account_id, day, balance_minor)
        SELECT unnest($1::uuid[]), unnest($2::date[]), unnest($3::numeric[])
        ON CONFLICT (account_id, day) DO UPDATE SET balance_minor = excluded.balance_minor
        """;

    private const string UpsertMarks = """
        INSERT INTO ledger_day_marks (account_id, swept_seq)
        SELECT unnest($1::uuid[]), unnest($2::bigint[])
        ON CONFLICT (account_id) DO UPDATE SET swept_seq = excluded.swept_seq
        """;

    /// <summary>Some accounts with at least so many postings to take in.</summary>
    public static async Task<List<Unswept>> FindAsync(
        NpgsqlConnection connection, int leastPostings, int limit, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(SelectUnswept, connection)
        {
            Parameters = { new() { Value = (long)leastPostings }, new() { Value = (long)limit } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new List<Unswept>();
        while (await reader.ReadAsync(ct))
        {
            found.Add(new(new(reader.GetGuid(0)), reader.GetInt64(1), reader.GetInt64(2)));
        }

        return found;
    }

    /// <summary>
    /// Takes the postings of some accounts in; answers how many. An account that somebody else has swept meanwhile is
    /// left alone. May run twice.
    /// </summary>
    public static async Task<long> SweepAsync(
        NpgsqlTransaction transaction, IReadOnlyList<Unswept> accounts, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(accounts);
        var marks = await MarksAsync(transaction, accounts, ct);
        var due = accounts.Where(a => marks.GetValueOrDefault(a.Account) == a.SweptSeq && a.LastSeq > a.SweptSeq).ToList();
        if (due.Count == 0)
        {
            return 0;
        }

        var moved = await MovedAsync(transaction, due, ct);
        var rows = await MergedAsync(transaction, due, moved, ct);
        await WriteAsync(transaction, due, rows, ct);
        return due.Sum(a => a.LastSeq - a.SweptSeq);
    }

    private static async Task<Dictionary<AccountId, long>> MarksAsync(
        NpgsqlTransaction transaction, IReadOnlyList<Unswept> accounts, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(SelectMarks, transaction.Connection, transaction)
        {
            Parameters = { new() { Value = accounts.Select(a => a.Account.Value).ToArray() } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var marks = new Dictionary<AccountId, long>();
        while (await reader.ReadAsync(ct))
        {
            marks.Add(new(reader.GetGuid(0)), reader.GetInt64(1));
        }

        return marks;
    }

    private static async Task<List<Dictionary<DateOnly, decimal>>> MovedAsync(
        NpgsqlTransaction transaction, List<Unswept> due, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        foreach (var account in due)
        {
            batch.BatchCommands.Add(new(SelectMoved)
            {
                Parameters = { new() { Value = account.Account.Value }, new() { Value = account.SweptSeq }, new() { Value = account.LastSeq } },
            });
        }

        var days = await ReadDaysAsync(batch, ct);
        return [.. days.Select(d => d.ToDictionary(row => row.Day, row => row.BalanceMinor))];
    }

    private static async Task<List<(AccountId Account, DayBalance Row)>> MergedAsync(
        NpgsqlTransaction transaction, List<Unswept> due, List<Dictionary<DateOnly, decimal>> moved, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        for (var i = 0; i < due.Count; i++)
        {
            var first = moved[i].Count == 0 ? LedgerLimits.LastEffectiveDate : moved[i].Keys.Min();
            batch.BatchCommands.Add(new(SelectBefore) { Parameters = { new() { Value = due[i].Account.Value }, new() { Value = first } } });
            batch.BatchCommands.Add(new(SelectLater) { Parameters = { new() { Value = due[i].Account.Value }, new() { Value = first } } });
        }

        var days = await ReadDaysAsync(batch, ct);
        return [.. due.SelectMany((account, i) => DayBalances
            .Merge(days[2 * i].Count == 0 ? null : days[2 * i][0], days[2 * i + 1], moved[i])
            .Select(row => (account.Account, row)))];
    }

    private static async Task WriteAsync(
        NpgsqlTransaction transaction, List<Unswept> due, List<(AccountId Account, DayBalance Row)> rows, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction)
        {
            BatchCommands =
            {
                new(UpsertDays)
                {
                    Parameters =
                    {
                        new() { Value = rows.Select(r => r.Account.Value).ToArray() },
                        new() { Value = rows.Select(r => r.Row.Day).ToArray() },
                        new() { Value = rows.Select(r => r.Row.BalanceMinor).ToArray() },
                    },
                },
                new(UpsertMarks)
                {
                    Parameters =
                    {
                        new() { Value = due.Select(a => a.Account.Value).ToArray() },
                        new() { Value = due.Select(a => a.LastSeq).ToArray() },
                    },
                },
            },
        };
        await batch.ExecuteNonQueryAsync(ct);
    }

    private static async Task<List<List<DayBalance>>> ReadDaysAsync(NpgsqlBatch batch, CancellationToken ct)
    {
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var results = new List<List<DayBalance>>();
        do
        {
            var rows = new List<DayBalance>();
            while (await reader.ReadAsync(ct))
            {
                rows.Add(new(reader.GetFieldValue<DateOnly>(0), reader.GetDecimal(1)));
            }

            results.Add(rows);
        }
        while (await reader.NextResultAsync(ct));
        return results;
    }
}
