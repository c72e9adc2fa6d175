using Coop.Ledger.Banking;
using Coop.Node.Database;
using Npgsql;
using NpgsqlTypes;

namespace Coop.Node.Features.Banking;

/// <summary>Statements, their lines and the rules that are remembered.</summary>
internal static class BankStore
{
    private const string StatementColumns =
        "account_id, bank_account, file_key, id, bank_id, first_on, last_on, opening_minor, closing_minor, line_count, duplicate_count";

    internal const string SelectKnown = $"SELECT {StatementColumns} FROM bank_statements WHERE account_id = $1 AND file_key = $2";

    internal const string SelectStatements =
        $"SELECT {StatementColumns} FROM bank_statements WHERE account_id = $1 AND id > $2 ORDER BY id LIMIT $3";

    internal const string SelectOtherAccount =
        "SELECT bank_account FROM bank_statements WHERE account_id = $1 AND bank_account <> '' AND bank_account <> $2 LIMIT 1";

    private const string InsertStatement = """
        INSERT INTO bank_statements
          (id, account_id, file_key, bank_id, bank_account, first_on, last_on, opening_minor, closing_minor,
           line_count, duplicate_count, imported_at, event_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        """;

    internal const string SelectKeys = "SELECT line_key FROM bank_lines WHERE account_id = $1 AND line_key = ANY($2)";

    private const string InsertLines = """
        INSERT INTO bank_lines
          (id, account_id, statement_id, line_key, booked_on, value_on, amount_minor, bank_reference, reference, counterparty, words)
        SELECT unnest($3::uuid[]), $1, $2, unnest($4::text[]), unnest($5::date[]), unnest($6::date[]), unnest($7::bigint[]),
          unnest($8::text[]), unnest($9::text[]), unnest($10::text[]), unnest($11::text[])
        """;

    private const string LineColumns =
        "id, account_id, statement_id, booked_on, value_on, amount_minor, bank_reference, reference, counterparty, words, journal_id, journal_line";

    internal const string SelectLine = $"SELECT {LineColumns} FROM bank_lines WHERE id = $1";

    internal const string SelectPage = $"SELECT {LineColumns} FROM bank_lines WHERE account_id = $1 AND id > $2 ORDER BY id LIMIT $3";

    internal const string SelectOpenPage =
        $"SELECT {LineColumns} FROM bank_lines WHERE account_id = $1 AND journal_id IS NULL AND id > $2 ORDER BY id LIMIT $3";

    internal const string SelectMatchedPage =
        $"SELECT {LineColumns} FROM bank_lines WHERE account_id = $1 AND journal_id IS NOT NULL AND id > $2 ORDER BY id LIMIT $3";

    private const string UpdateMatch = "UPDATE bank_lines SET journal_id = $2, journal_line = $3 WHERE id = $1";

    internal const string SelectMatchOf = "SELECT id FROM bank_lines WHERE journal_id = $1 AND journal_line = $2";

    internal const string SelectPosting = "SELECT account_id, amount_minor FROM ledger_postings WHERE journal_id = $1 AND line = $2";

    internal const string SelectRules = "SELECT id, contains, counter_account_id, memo FROM bank_rules WHERE account_id = $1 ORDER BY contains";

    private const string UpsertRule = """
        INSERT INTO bank_rules (id, account_id, contains, counter_account_id, memo) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (account_id, contains) DO UPDATE SET counter_account_id = excluded.counter_account_id, memo = excluded.memo
        RETURNING id
        """;

    private const string DeleteRule = "DELETE FROM bank_rules WHERE id = $1 RETURNING account_id";

    public static Task<StoredStatement?> KnownAsync(NpgsqlConnection connection, Guid account, string fileKey, CancellationToken ct) =>
        connection.Command(SelectKnown, account, fileKey).SingleAsync(ReadStatement, ct);

    public static Task<List<StoredStatement>> StatementsAsync(NpgsqlConnection connection, Guid account, Guid? after, int limit, CancellationToken ct) =>
        connection.Command(SelectStatements, account, after ?? Guid.Empty, (long)limit).ListAsync(ReadStatement, ct);

    /// <summary>Another account at the bank that statements of this one were of; null where there is none.</summary>
    public static Task<string?> OtherAccountAsync(NpgsqlConnection connection, Guid account, string bankAccount, CancellationToken ct) =>
        connection.Command(SelectOtherAccount, account, bankAccount).SingleAsync(r => r.GetString(0), ct);

    /// <summary>Which of these lines are there already.</summary>
    public static async Task<HashSet<string>> KnownLinesAsync(NpgsqlConnection connection, Guid account, string[] keys, CancellationToken ct) =>
        [.. await connection.Command(SelectKeys, account, keys).ListAsync(r => r.GetString(0), ct)];

    public static void Insert(WriteScope scope, StoredStatement s, Guid eventId) => scope.Defer(new NpgsqlBatchCommand(InsertStatement)
    {
        Parameters =
        {
            new() { Value = s.View.Id }, new() { Value = s.AccountId }, new() { Value = s.FileKey }, new() { Value = s.View.BankId },
            new() { Value = s.BankAccount }, new() { Value = s.View.From }, new() { Value = s.View.To },
            Number(s.View.OpeningMinor), Number(s.View.ClosingMinor), new() { Value = s.View.Lines }, new() { Value = s.View.Duplicates },
            new() { Value = scope.Now }, new() { Value = eventId },
        },
    });

    public static void Insert(WriteScope scope, IReadOnlyList<(string Key, StoredLine Line)> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        scope.Defer(new NpgsqlBatchCommand(InsertLines)
        {
            Parameters =
            {
                new() { Value = lines[0].Line.AccountId }, new() { Value = lines[0].Line.StatementId },
                Column(l => l.Line.Id), Column(l => l.Key), Column(l => l.Line.BookedOn), Column(l => l.Line.ValueOn),
                Column(l => l.Line.AmountMinor), Column(l => l.Line.BankReference), Column(l => l.Line.Reference),
                Column(l => l.Line.Counterparty), Column(l => l.Line.Text),
            },
        });

        NpgsqlParameter Column<T>(Func<(string Key, StoredLine Line), T> value) => new() { Value = lines.Select(value).ToArray() };
    }

    public static Task<StoredLine?> FindLineAsync(NpgsqlConnection connection, Guid id, CancellationToken ct) =>
        connection.Command(SelectLine, id).SingleAsync(ReadLine, ct);

    public static Task<List<StoredLine>> LinesAsync(
        NpgsqlConnection connection, Guid account, BankLineState? state, Guid? after, int limit, CancellationToken ct)
    {
        var sql = state switch { BankLineState.Open => SelectOpenPage, BankLineState.Matched => SelectMatchedPage, _ => SelectPage };
        return connection.Command(sql, account, after ?? Guid.Empty, (long)limit).ListAsync(ReadLine, ct);
    }

    /// <summary>Matches a line, or frees it; written with the journals of the same write.</summary>
    public static void Match(WriteScope scope, Guid line, Guid? journal, long? journalLine) => scope.Defer(new NpgsqlBatchCommand(UpdateMatch)
    {
        Parameters = { new() { Value = line }, new() { Value = (object?)journal ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid }, Number(journalLine) },
    });

    /// <summary>Whether a line was matched with this posting.</summary>
    public static async Task<bool> IsMatchedAsync(NpgsqlConnection connection, Guid journal, long line, CancellationToken ct) =>
        (await connection.Command(SelectMatchOf, journal, line).ListAsync(r => r.GetGuid(0), ct)).Count > 0;

    /// <summary>A posting's account and amount; null where there is none.</summary>
    public static async Task<(Guid Account, long AmountMinor)?> PostingAsync(NpgsqlConnection connection, Guid journal, long line, CancellationToken ct)
    {
        var found = await connection.Command(SelectPosting, journal, line).ListAsync(r => (r.GetGuid(0), r.GetInt64(1)), ct);
        return found.Count == 0 ? null : found[0];
    }

    public static Task<List<BankRule>> RulesAsync(NpgsqlConnection connection, Guid account, CancellationToken ct) =>
        connection.Command(SelectRules, account).ListAsync(r => new BankRule(r.GetGuid(0), r.GetString(1), r.GetGuid(2), r.GetString(3)), ct);

    /// <summary>Keeps a rule; one of the same words gives way. Answers its id.</summary>
    public static async Task<Guid> KeepAsync(NpgsqlConnection connection, Guid account, BankRule rule, CancellationToken ct) =>
        (await connection.Command(UpsertRule, rule.Id, account, rule.Contains, rule.CounterAccount, rule.Memo).ListAsync(r => r.GetGuid(0), ct)).Single();

    /// <summary>Drops a rule; answers whose it was, null where there is none.</summary>
    public static async Task<Guid?> DropAsync(NpgsqlConnection connection, Guid rule, CancellationToken ct)
    {
        var found = await connection.Command(DeleteRule, rule).ListAsync(r => r.GetGuid(0), ct);
        return found.Count == 0 ? null : found[0];
    }

    private static NpgsqlParameter Number(long? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint };

    private static StoredStatement ReadStatement(NpgsqlDataReader r) => new(
        r.GetGuid(0), r.GetString(1), r.GetString(2),
        new(r.GetGuid(3), r.GetString(4), r.GetFieldValue<DateOnly>(5), r.GetFieldValue<DateOnly>(6),
            r.Nullable<long>(7), r.Nullable<long>(8), r.GetInt64(9), r.GetInt64(10)));

    private static StoredLine ReadLine(NpgsqlDataReader r) => new(
        r.GetGuid(0), r.GetGuid(1), r.GetGuid(2), r.GetFieldValue<DateOnly>(3), r.GetFieldValue<DateOnly>(4), r.GetInt64(5),
        r.GetString(6), r.GetString(7), r.GetString(8), r.GetString(9), r.Nullable<Guid>(10), r.Nullable<long>(11));
}
