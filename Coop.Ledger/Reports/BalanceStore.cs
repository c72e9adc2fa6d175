using Coop.Ledger.Accounts;
using Npgsql;

namespace Coop.Ledger.Reports;

/// <summary>What an account stood at.</summary>
/// <param name="Account">Which.</param>
/// <param name="BalanceMinor">The sum of the postings that count: debits positive, credits negative.</param>
/// <param name="PostingCount">By booking: the postings that had been booked.</param>
public readonly record struct BalanceAt(AccountId Account, decimal BalanceMinor, long PostingCount);

/// <summary>
/// Balances of the past, of one account or of all. By effective date: what the sweep has taken in, plus the postings
/// behind its mark, so that the answer is the same wherever the sweep is. By log: an account's postings are in the
/// log in the order of their numbers, so that the last one before a position is found by halving.
/// </summary>
public static class BalanceStore
{
    // A row each for one account or for all that are asked for, from one snapshot: what has been swept, and up to
    // which posting there is anything.
    internal const string SelectSwept = """
        SELECT b.account_id, b.posting_count, coalesce(m.swept_seq, 0),
          coalesce((SELECT d.balance_minor FROM ledger_day_balances d
            WHERE d.account_id = b.account_id AND d.day <= $2
            ORDER BY d.day DESC LIMIT 1), 0)
        FROM ledger_balances b
        LEFT JOIN ledger_day_marks m ON m.account_id = b.account_id
        WHERE b.account_id = ANY($1)
        """;

    internal const string SelectAllSwept = """
        SELECT b.account_id, b.posting_count, coalesce(m.swept_seq, 0),
          coalesce((SELECT d.balance_minor FROM ledger_day_balances d
            WHERE d.account_id = b.account_id AND d.day <= $1
            ORDER BY d.day DESC LIMIT 1), 0)
        FROM ledger_balances b
        LEFT JOIN ledger_day_marks m ON m.account_id = b.account_id
        """;

    // Postings never change and have no gaps, so that this may be asked later: the bounds say which ones are meant.
    // Subqueries, so that no plan reads all postings or all journals for a few of them.
    internal const string SelectTails = """
        SELECT t.account_id, (
          SELECT sum(CASE WHEN (SELECT j.effective_date FROM ledger_journals j WHERE j.id = p.journal_id) <= $4
            THEN p.amount_minor ELSE 0 END)
          FROM ledger_postings p
          WHERE p.account_id = t.account_id AND p.account_seq > t.after_seq AND p.account_seq <= t.last_seq)
        FROM (SELECT unnest($1::uuid[]) AS account_id, unnest($2::bigint[]) AS after_seq, unnest($3::bigint[]) AS last_seq) t
        """;

    private const string SelectNow = "SELECT account_id, balance_minor, posting_count FROM ledger_balances";

    internal const string SelectPositions = """
        SELECT t.account_id, (
          SELECT e.seq FROM ledger_postings p
          JOIN ledger_journals j ON j.id = p.journal_id
          JOIN log_entries e ON e.id = j.event_id
          WHERE p.account_id = t.account_id AND p.account_seq = t.seq)
        FROM (SELECT unnest($1::uuid[]) AS account_id, unnest($2::bigint[]) AS seq) t
        """;

    internal const string SelectBalancesAfter = """
        SELECT t.account_id, (
          SELECT p.balance_after FROM ledger_postings p
          WHERE p.account_id = t.account_id AND p.account_seq = t.seq)
        FROM (SELECT unnest($1::uuid[]) AS account_id, unnest($2::bigint[]) AS seq) t
        """;

    /// <summary>Every account by all that is booked, whatever its date.</summary>
    public static async Task<List<BalanceAt>> NowAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(SelectNow, connection);
        return await ReadAsync(command, r => new BalanceAt(new(r.GetGuid(0)), r.GetInt64(1), r.GetInt64(2)), ct);
    }

    /// <summary>By the postings that count for <paramref name="day"/> or earlier, of those booked when this is asked.</summary>
    /// <param name="connection">Open.</param>
    /// <param name="accounts">Which accounts; null for all.</param>
    /// <param name="day">The last day that counts.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<List<BalanceAt>> AsOfAsync(
        NpgsqlConnection connection, IReadOnlyCollection<AccountId>? accounts, DateOnly day, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(accounts is null ? SelectAllSwept : SelectSwept, connection);
        if (accounts is not null)
        {
            command.Parameters.Add(new() { Value = accounts.Select(a => a.Value).ToArray() });
        }

        command.Parameters.Add(new() { Value = day });
        var swept = await ReadAsync(
            command, r => (Account: r.GetGuid(0), Count: r.GetInt64(1), Seq: r.GetInt64(2), Balance: r.GetDecimal(3)), ct);
        var behind = swept.FindAll(s => s.Count > s.Seq);
        await using var tails = new NpgsqlCommand(SelectTails, connection)
        {
            Parameters =
            {
                new() { Value = behind.Select(s => s.Account).ToArray() },
                new() { Value = behind.Select(s => s.Seq).ToArray() },
                new() { Value = behind.Select(s => s.Count).ToArray() },
                new() { Value = day },
            },
        };
        var added = behind.Count == 0
            ? []
            : (await ReadAsync(tails, r => (Account: r.GetGuid(0), Sum: r.GetDecimal(1)), ct)).ToDictionary(t => t.Account, t => t.Sum);
        return swept.ConvertAll(s => new BalanceAt(new(s.Account), s.Balance + added.GetValueOrDefault(s.Account), s.Count));
    }

    /// <summary>By the postings whose events are among the first <paramref name="size"/> entries of the log.</summary>
    public static async Task<List<BalanceAt>> AtLogSizeAsync(
        NpgsqlConnection connection, IReadOnlyCollection<AccountId>? accounts, long size, CancellationToken ct)
    {
        var all = await NowAsync(connection, ct);
        var wanted = accounts is null ? all : all.FindAll(a => accounts.Contains(a.Account));

        // Of each account the posting at Low is in that part of the log (0: none), the one at High is not.
        var low = wanted.ToDictionary(a => a.Account.Value, _ => 0L);
        var high = wanted.ToDictionary(a => a.Account.Value, a => a.PostingCount + 1);
        while (low.Keys.Where(a => high[a] - low[a] > 1).ToList() is { Count: > 0 } open)
        {
            var middle = open.ConvertAll(a => low[a] + (high[a] - low[a]) / 2);
            var positions = await AskAsync(connection, SelectPositions, open, middle, ct);
            for (var i = 0; i < open.Count; i++)
            {
                // An event without a position is still to come.
                var isIn = positions[open[i]] is { } position && position < size;
                (isIn ? low : high)[open[i]] = middle[i];
            }
        }

        var last = low.Where(l => l.Value > 0).ToList();
        var balances = await AskAsync(connection, SelectBalancesAfter, last.ConvertAll(l => l.Key), last.ConvertAll(l => l.Value), ct);
        return wanted.ConvertAll(a => new BalanceAt(a.Account, balances.GetValueOrDefault(a.Account.Value) ?? 0, low[a.Account.Value]));
    }

    private static async Task<Dictionary<Guid, long?>> AskAsync(
        NpgsqlConnection connection, string sql, List<Guid> accounts, List<long> seqs, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection)
        {
            Parameters = { new() { Value = accounts.ToArray() }, new() { Value = seqs.ToArray() } },
        };
        var rows = await ReadAsync(command, r => (r.GetGuid(0), Value: r.IsDBNull(1) ? (long?)null : r.GetInt64(1)), ct);
        return rows.ToDictionary(r => r.Item1, r => r.Value);
    }

    private static async Task<List<T>> ReadAsync<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> row, CancellationToken ct)
    {
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(row(reader));
        }

        return rows;
    }
}
