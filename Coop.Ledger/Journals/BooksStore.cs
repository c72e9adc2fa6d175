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
    public const string SelectAccounts = """
        SELECT a.id, a.code, a.name, a.unit, a.type, a.owner_id, a.floor_minor,
          b.balance_minor, b.posting_count, a.ceiling_minor, a.placeholder, a.closed,
          b.pending_debit_minor, b.pending_credit_minor
        FROM ledger_accounts a
        JOIN ledger_balances b ON b.account_id = a.id
        WHERE a.id = ANY($1)
        """;

    private const string InsertJournals = """
        INSERT INTO ledger_journals
          (id, event_id, memo, effective_date, booked_at, booked_by, number, folio, reference,
           attachments, reverses)
        SELECT unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::text[]), unnest($4::date[]),
          unnest($5::timestamptz[]), unnest($6::uuid[]), unnest($7::bigint[]), unnest($8::bigint[]),
          unnest($9::text[]), unnest($10::bytea[]), unnest($11::uuid[])
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
        INSERT INTO ledger_balances
          (account_id, balance_minor, posting_count, pending_debit_minor, pending_credit_minor)
        SELECT unnest($1::uuid[]), unnest($2::bigint[]), unnest($3::bigint[]), unnest($4::bigint[]),
          unnest($5::bigint[])
        ON CONFLICT (account_id) DO UPDATE
        SET balance_minor = excluded.balance_minor, posting_count = excluded.posting_count,
          pending_debit_minor = excluded.pending_debit_minor,
          pending_credit_minor = excluded.pending_credit_minor
        """;

    /// <summary>The books with those of the accounts that exist.</summary>
    public static async Task<Books> LoadAsync(
        NpgsqlTransaction transaction, IEnumerable<AccountId> accounts, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        foreach (var command in Loading(accounts))
        {
            batch.BatchCommands.Add(command);
        }

        await using var reader = await batch.ExecuteReaderAsync(ct);
        return await ReadAsync(reader, ct);
    }

    /// <summary>The statements that <see cref="ReadAsync"/> reads, for a batch with others.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Loading(IEnumerable<AccountId> accounts) =>
        [new(FolioStore.SelectLast), AccountsCommand(accounts)];

    /// <summary>Reads the answers to <see cref="Loading"/>, the first of which comes next.</summary>
    public static async Task<Books> ReadAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var last = await FolioStore.ReadLastAsync(reader, ct);
        await reader.NextResultAsync(ct);
        return new Books(last, await ReadAccountsAsync(reader, ct));
    }

    /// <summary>Takes those accounts into the books that are not in them yet.</summary>
    public static async Task AddAsync(
        NpgsqlTransaction transaction, Books books, IEnumerable<AccountId> accounts, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(books);
        var missing = accounts.Where(a => !books.Has(a)).ToList();
        if (missing.Count > 0)
        {
            await using var batch = new NpgsqlBatch(transaction.Connection, transaction)
            {
                BatchCommands = { AccountsCommand(missing) },
            };
            await using var reader = await batch.ExecuteReaderAsync(ct);
            books.Add(await ReadAccountsAsync(reader, ct));
        }
    }

    /// <summary>
    /// The statements that write what was posted and the balances that it left, to be run in this order
    /// before COMMIT of the transaction that loaded the books. Nothing where nothing was posted.
    /// </summary>
    public static IEnumerable<NpgsqlBatchCommand> Save(Books books, DateTimeOffset writtenAt)
    {
        ArgumentNullException.ThrowIfNull(books);
        if (books.Journals.Count == 0)
        {
            return books.Changed.Count == 0 ? [] : [BalancesCommand(books.Changed)];
        }

        var folio = books.Last.WithJournals(books.Journals.Count);
        return
        [
            .. FolioStore.Save(books.Last, folio, writtenAt),
            JournalsCommand(folio, books.Journals),
            PostingsCommand([.. books.Journals.SelectMany(PostingRow.Ring)]),
            BalancesCommand(books.Changed),
        ];
    }

    private static NpgsqlBatchCommand AccountsCommand(IEnumerable<AccountId> accounts) => new(SelectAccounts)
    {
        Parameters = { new() { Value = accounts.Select(a => a.Value).Distinct().ToArray() } },
    };

    private static async Task<List<AccountState>> ReadAccountsAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        var states = new List<AccountState>();
        while (await reader.ReadAsync(ct))
        {
            states.Add(AccountStore.Read(reader));
        }

        return states;
    }

    private static NpgsqlBatchCommand JournalsCommand(Folio folio, IReadOnlyList<Journal> journals) =>
        new(InsertJournals)
        {
            Parameters =
            {
                Column(journals, j => j.Head.Id.Value),
                Column(journals, j => j.Head.EventId),
                Column(journals, j => j.Head.Memo),
                Column(journals, j => j.Head.EffectiveDate, NpgsqlDbType.Date),
                Column(journals, j => j.Head.BookedAt, NpgsqlDbType.TimestampTz),
                Column(journals, j => j.Head.BookedBy?.Value, NpgsqlDbType.Uuid),
                Column(journals, j => j.Number),
                Column(journals, _ => folio.Name),
                Column(journals, j => j.Head.Reference, NpgsqlDbType.Text),
                Column(journals, j => Attachment.Pack(j.Head.Attachments), NpgsqlDbType.Bytea),
                Column(journals, j => j.Head.Reverses?.Value, NpgsqlDbType.Uuid),
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
                Column(states, s => s.PendingDebitMinor),
                Column(states, s => s.PendingCreditMinor),
            },
        };

    private static NpgsqlParameter Column<TRow, TValue>(
        IReadOnlyList<TRow> rows, Func<TRow, TValue> value) =>
        new() { Value = rows.Select(value).ToArray() };

    private static NpgsqlParameter Column<TRow, TValue>(
        IReadOnlyList<TRow> rows, Func<TRow, TValue> value, NpgsqlDbType type) =>
        new() { Value = rows.Select(value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type };
}
