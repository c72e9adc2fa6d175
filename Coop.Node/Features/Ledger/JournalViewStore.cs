using Coop.Ledger.Journals;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Features.Ledger;

/// <summary>Journals with the names that people know.</summary>
public static class JournalViewStore
{
    internal const string SelectPage = """
        SELECT j.id, j.memo, j.effective_date, j.booked_at, j.booked_by, booker.name, j.event_id,
          j.number, j.reference, j.attachments, j.reverses, r.id
        FROM ledger_journals j
        LEFT JOIN members booker ON booker.id = j.booked_by
        LEFT JOIN ledger_journals r ON r.reverses = j.id
        WHERE j.id < $1
        ORDER BY j.id DESC LIMIT $2
        """;

    internal const string SelectOne = """
        SELECT j.id, j.memo, j.effective_date, j.booked_at, j.booked_by, booker.name, j.event_id,
          j.number, j.reference, j.attachments, j.reverses, r.id
        FROM ledger_journals j
        LEFT JOIN members booker ON booker.id = j.booked_by
        LEFT JOIN ledger_journals r ON r.reverses = j.id
        WHERE j.id = $1
        """;

    internal const string SelectPostings = """
        SELECT p.journal_id, p.account_id, a.name, p.unit, p.amount_minor
        FROM ledger_postings p
        JOIN ledger_accounts a ON a.id = p.account_id
        WHERE p.journal_id = ANY($1)
        ORDER BY p.journal_id, p.line
        """;

    /// <summary>The journals before one, the newest first.</summary>
    public static async Task<List<JournalView>> ListAsync(
        NpgsqlConnection connection, Guid? before, int limit, CancellationToken ct)
    {
        var heads = await connection
            .Command(SelectPage, before ?? Guid.AllBitsSet, (long)limit)
            .ListAsync(ReadHead, ct);
        return await WithPostingsAsync(connection, heads, ct);
    }

    public static async Task<JournalView?> FindAsync(
        NpgsqlConnection connection, Guid id, CancellationToken ct)
    {
        var heads = await connection.Command(SelectOne, id).ListAsync(ReadHead, ct);
        return (await WithPostingsAsync(connection, heads, ct)).SingleOrDefault();
    }

    private static async Task<List<JournalView>> WithPostingsAsync(
        NpgsqlConnection connection, List<JournalView> heads, CancellationToken ct)
    {
        var ids = heads.Select(h => h.Id).ToArray();
        var postings = await connection
            .Command(SelectPostings, ids)
            .ListAsync(row => (Journal: row.GetGuid(0), Posting: ReadPosting(row)), ct);
        var byJournal = postings.ToLookup(p => p.Journal, p => p.Posting);
        return [.. heads.Select(h => h with { Postings = [.. byJournal[h.Id]] })];
    }

    private static JournalView ReadHead(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.Nullable<long>(7),
        row.GetString(1),
        row.NullableText(8),
        [.. Attachment.Unpack(row.IsDBNull(9) ? null : row.GetFieldValue<byte[]>(9)).Select(a => a.Hash)],
        row.Nullable<Guid>(10),
        row.Nullable<Guid>(11),
        row.GetFieldValue<DateOnly>(2),
        row.GetFieldValue<DateTimeOffset>(3),
        row.Nullable<Guid>(4) is { } booker ? new MemberView(booker, row.GetString(5)) : null,
        row.GetGuid(6),
        []);

    private static JournalView.Posting ReadPosting(NpgsqlDataReader row) =>
        new(row.GetGuid(1), row.GetString(2), row.GetString(3), row.GetInt64(4));
}
