using Coop.Ledger.Accounts;
using Coop.Ledger.Journals;
using Npgsql;
using NpgsqlTypes;

namespace Coop.Ledger.Pending;

/// <summary>Pending journals. A row is never changed; its end is a row of its own.</summary>
public static class PendingStore
{
    private const string Insert = """
        INSERT INTO ledger_pending
          (id, event_id, memo, effective_date, reference, attachments, reserved_at, reserved_by, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    private const string InsertPostings = """
        INSERT INTO ledger_pending_postings
          (pending_id, line, line_count, next_line, account_id, unit, next_unit,
           sum_before, amount_minor, sum_after)
        SELECT $1, unnest($2::bigint[]), unnest($3::bigint[]), unnest($4::bigint[]),
          unnest($5::uuid[]), unnest($6::text[]), unnest($7::text[]),
          unnest($8::bigint[]), unnest($9::bigint[]), unnest($10::bigint[])
        """;

    private const string InsertOpen = "INSERT INTO ledger_pending_open (pending_id, expires_at) VALUES ($1, $2)";

    private const string DeleteOpen = "DELETE FROM ledger_pending_open WHERE pending_id = $1";

    private const string InsertEnd = """
        INSERT INTO ledger_pending_ends (pending_id, outcome, journal_id, event_id, ended_at, ended_by)
        VALUES ($1, $2, $3, $4, $5, $6)
        """;

    private const string SelectOne = """
        SELECT p.event_id, p.memo, p.effective_date, p.reserved_at, p.reserved_by, p.reference, p.attachments,
          p.expires_at, e.outcome, l.account_id, l.amount_minor
        FROM ledger_pending p
        JOIN ledger_pending_postings l ON l.pending_id = p.id
        LEFT JOIN ledger_pending_ends e ON e.pending_id = p.id
        WHERE p.id = $1
        ORDER BY l.line
        """;

    public const string SelectExpired = """
        SELECT pending_id FROM ledger_pending_open
        WHERE expires_at <= $1
        ORDER BY expires_at LIMIT 100
        """;

    public static async Task<PendingJournal?> FindAsync(
        NpgsqlTransaction transaction, JournalId id, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        await using var command = new NpgsqlCommand(SelectOne, transaction.Connection, transaction)
        {
            Parameters = { new() { Value = id.Value } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        PendingJournal? found = null;
        var postings = new List<PostingDraft>();
        while (await reader.ReadAsync(ct))
        {
            found ??= Read(reader, id, postings);
            postings.Add(new(new AccountId(reader.GetGuid(9)), new Amount(reader.GetInt64(10))));
        }

        return found;
    }

    /// <summary>The statements that write a pending journal, after the rules reserved for it.</summary>
    /// <param name="journal">With the lines that it will have.</param>
    /// <param name="expiresAt">When it ends by itself.</param>
    public static IEnumerable<NpgsqlBatchCommand> Add(Journal journal, DateTimeOffset? expiresAt)
    {
        ArgumentNullException.ThrowIfNull(journal);
        var (head, rows) = (journal.Head, PostingRow.Ring(journal).ToArray());
        return
        [
            new(Insert)
            {
                Parameters =
                {
                    new() { Value = head.Id.Value },
                    new() { Value = head.EventId },
                    new() { Value = head.Memo },
                    new() { Value = head.EffectiveDate, NpgsqlDbType = NpgsqlDbType.Date },
                    Nullable(head.Reference, NpgsqlDbType.Text),
                    Nullable(Attachment.Pack(head.Attachments), NpgsqlDbType.Bytea),
                    new() { Value = head.BookedAt },
                    Nullable(head.BookedBy?.Value, NpgsqlDbType.Uuid),
                    Nullable(expiresAt, NpgsqlDbType.TimestampTz),
                },
            },
            PostingsCommand(head.Id, rows),
            new(InsertOpen)
            {
                Parameters = { new() { Value = head.Id.Value }, Nullable(expiresAt, NpgsqlDbType.TimestampTz) },
            },
        ];
    }

    /// <summary>The statements that write an end.</summary>
    public static IEnumerable<NpgsqlBatchCommand> End(
        JournalId id, PendingState outcome, JournalId? journal, Guid eventId, DateTimeOffset now, MemberId? by) =>
    [
        new(InsertEnd)
        {
            Parameters =
            {
                new() { Value = id.Value },
                new() { Value = EnumText<PendingState>.Of(outcome) },
                Nullable(journal?.Value, NpgsqlDbType.Uuid),
                new() { Value = eventId },
                new() { Value = now },
                Nullable(by?.Value, NpgsqlDbType.Uuid),
            },
        },
        new(DeleteOpen) { Parameters = { new() { Value = id.Value } } },
    ];

    private static PendingJournal Read(NpgsqlDataReader row, JournalId id, List<PostingDraft> postings) => new(
        new JournalHead(
            id,
            row.GetGuid(0),
            row.GetString(1),
            row.GetFieldValue<DateOnly>(2),
            row.GetFieldValue<DateTimeOffset>(3),
            row.IsDBNull(4) ? null : new MemberId(row.GetGuid(4)))
        {
            Reference = row.IsDBNull(5) ? null : row.GetString(5),
            Attachments = Attachment.Unpack(row.IsDBNull(6) ? null : row.GetFieldValue<byte[]>(6)),
        },
        row.IsDBNull(7) ? null : row.GetFieldValue<DateTimeOffset>(7),
        postings,
        row.IsDBNull(8) ? PendingState.Pending : EnumText<PendingState>.Parse(row.GetString(8)));

    private static NpgsqlBatchCommand PostingsCommand(JournalId id, PostingRow[] rows) => new(InsertPostings)
    {
        Parameters =
        {
            new() { Value = id.Value },
            new() { Value = rows.Select(r => (long)r.Posting.Line).ToArray() },
            new() { Value = rows.Select(r => (long)r.LineCount).ToArray() },
            new() { Value = rows.Select(r => (long)r.NextLine).ToArray() },
            new() { Value = rows.Select(r => r.Posting.Account.Value).ToArray() },
            new() { Value = rows.Select(r => r.Posting.Unit.Value).ToArray() },
            new() { Value = rows.Select(r => r.NextUnit.Value).ToArray() },
            new() { Value = rows.Select(r => r.Posting.SumBefore.Minor).ToArray() },
            new() { Value = rows.Select(r => r.Posting.Amount.Minor).ToArray() },
            new() { Value = rows.Select(r => r.Posting.SumAfter.Minor).ToArray() },
        },
    };

    private static NpgsqlParameter Nullable(object? value, NpgsqlDbType type) =>
        new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
