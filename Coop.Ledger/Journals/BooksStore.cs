using Coop.Ledger.Accounts;
using Npgsql;
using NpgsqlTypes;

namespace Coop.Ledger.Journals;

/// <summary>
/// The posting path: loads the books that some journals touch, and saves what they did to them. One
/// journal or many in a transaction take the same five statements, and the last three can travel with
/// COMMIT.
/// </summary>
public static class BooksStore
{
    // The lock spares a retry to whoever comes second; that the books are right rests on SERIALIZABLE.
    internal const string LockBalances = """
        SELECT account_id FROM ledger_balances
        WHERE account_id = ANY($1)
        ORDER BY account_id
        FOR UPDATE
        """;

    internal const string SelectAccounts = """
        SELECT a.id, a.code, a.name, a.unit, a.type, a.owner_id, a.floor_minor,
          b.balance_minor, b.posting_count
        FROM ledger_accounts a
        JOIN ledger_balances b ON b.account_id = a.id
        WHERE a.id = ANY($1)
        """;

    private const string InsertJournals = """
        INSERT INTO ledger_journals (id, event_id, memo, effective_date, booked_at, booked_by)
        SELECT unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::text[]), unnest($4::date[]),
          unnest($5::timestamptz[]), unnest($6::uuid[])
        """;

    // All lines of a journal go in with one statement: each refers to the next and the last to the
    // first, and a foreign key is checked when the statement ends.
    private const string InsertPostings = """
        INSERT INTO ledger_postings
          (journal_id, line, line_count, next_line, account_id, unit, next_unit,
           sum_before, amount_minor, sum_after, account_seq, balance_after)
        SELECT unnest($1::uuid[]), unnest($2::bigint[]), unnest($3::bigint[]), unnest($4::bigint[]),
          unnest($5::uuid[]), unnest($6::text[]), unnest($7::text[]),
          unnest($8::bigint[]), unnest($9::bigint[]), unnest($10::bigint[]),
          unnest($11::bigint[]), unnest($12::bigint[])
        """;

    private const string UpsertBalances = """
        INSERT INTO ledger_balances (account_id, balance_minor, posting_count)
        SELECT unnest($1::uuid[]), unnest($2::bigint[]), unnest($3::bigint[])
        ON CONFLICT (account_id) DO UPDATE
        SET balance_minor = excluded.balance_minor, posting_count = excluded.posting_count
        """;

    /// <summary>The books with those of the accounts that exist.</summary>
    public static async Task<Books> LoadAsync(
        NpgsqlTransaction transaction, IEnumerable<AccountId> accounts, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var ids = accounts.Select(a => a.Value).Distinct().ToArray();
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction)
        {
            BatchCommands =
            {
                new(LockBalances) { Parameters = { new() { Value = ids } } },
                new(SelectAccounts) { Parameters = { new() { Value = ids } } },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        var states = new List<AccountState>();
        while (await reader.ReadAsync(ct))
        {
            states.Add(AccountStore.Read(reader));
        }

        return new Books(states);
    }

    /// <summary>
    /// The statements that write posted journals and the balances that they left, to be run in this
    /// order before COMMIT of the transaction that loaded the books.
    /// </summary>
    public static IEnumerable<NpgsqlBatchCommand> Save(Books books, IReadOnlyList<Journal> journals)
    {
        ArgumentNullException.ThrowIfNull(books);
        ArgumentNullException.ThrowIfNull(journals);
        return
        [
            JournalsCommand([.. journals.Select(j => j.Head)]),
            PostingsCommand([.. journals.SelectMany(PostingRow.Ring)]),
            BalancesCommand(books.Changed),
        ];
    }

    private static NpgsqlBatchCommand JournalsCommand(JournalHead[] heads) => new(InsertJournals)
    {
        Parameters =
        {
            Column(heads, h => h.Id.Value),
            Column(heads, h => h.EventId),
            Column(heads, h => h.Memo),
            Column(heads, h => h.EffectiveDate, NpgsqlDbType.Date),
            Column(heads, h => h.BookedAt, NpgsqlDbType.TimestampTz),
            Column(heads, h => h.BookedBy.Value),
        },
    };

    private static NpgsqlBatchCommand PostingsCommand(PostingRow[] rows) => new(InsertPostings)
    {
        Parameters =
        {
            Column(rows, r => r.Journal.Value),
            Column(rows, r => (long)r.Posting.Line),
            Column(rows, r => (long)r.LineCount),
            Column(rows, r => (long)r.NextLine),
            Column(rows, r => r.Posting.Account.Value),
            Column(rows, r => r.Posting.Unit.Value),
            Column(rows, r => r.NextUnit.Value),
            Column(rows, r => r.Posting.SumBefore.Minor),
            Column(rows, r => r.Posting.Amount.Minor),
            Column(rows, r => r.Posting.SumAfter.Minor),
            Column(rows, r => r.Posting.AccountSeq),
            Column(rows, r => r.Posting.BalanceAfter.Minor),
        },
    };

    private static NpgsqlBatchCommand BalancesCommand(IReadOnlyList<AccountState> states) =>
        new(UpsertBalances)
        {
            Parameters =
            {
                Column(states, s => s.Account.Id.Value),
                Column(states, s => s.Balance.Minor),
                Column(states, s => s.PostingCount),
            },
        };

    private static NpgsqlParameter Column<TRow, TValue>(
        IReadOnlyList<TRow> rows, Func<TRow, TValue> value) =>
        new() { Value = rows.Select(value).ToArray() };

    private static NpgsqlParameter Column<TRow, TValue>(
        IReadOnlyList<TRow> rows, Func<TRow, TValue> value, NpgsqlDbType type) =>
        new() { Value = rows.Select(value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type };
}
