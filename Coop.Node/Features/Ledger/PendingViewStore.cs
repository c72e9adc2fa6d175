using Coop.Ledger.Pending;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Features.Ledger;

/// <summary>Pending journals as people see them.</summary>
public static class PendingViewStore
{
    internal const string SelectOne = """
        SELECT p.id, e.outcome, p.memo, p.reference, p.effective_date, p.reserved_at, p.expires_at, e.journal_id,
          p.event_id
        FROM ledger_pending p
        LEFT JOIN ledger_pending_ends e ON e.pending_id = p.id
        WHERE p.id = $1
        """;

    internal const string SelectPage = """
        SELECT p.id, e.outcome, p.memo, p.reference, p.effective_date, p.reserved_at, p.expires_at, e.journal_id,
          p.event_id
        FROM ledger_pending p
        LEFT JOIN ledger_pending_ends e ON e.pending_id = p.id
        WHERE p.id < $1
        ORDER BY p.id DESC LIMIT $2
        """;

    private const string SelectPostings = """
        SELECT pending_id, account_id, amount_minor
        FROM ledger_pending_postings
        WHERE pending_id = ANY($1)
        ORDER BY pending_id, line
        """;

    public static async Task<PendingView?> FindAsync(NpgsqlConnection connection, Guid id, CancellationToken ct) =>
        (await WithPostingsAsync(connection, await connection.Command(SelectOne, id).ListAsync(Read, ct), ct)).SingleOrDefault();

    /// <summary>Those before one, the newest first.</summary>
    public static async Task<List<PendingView>> ListAsync(
        NpgsqlConnection connection, Guid? before, int limit, CancellationToken ct) => await WithPostingsAsync(
        connection,
        await connection.Command(SelectPage, before ?? Guid.AllBitsSet, (long)limit).ListAsync(Read, ct),
        ct);

    private static async Task<List<PendingView>> WithPostingsAsync(
        NpgsqlConnection connection, List<PendingView> heads, CancellationToken ct)
    {
        var postings = await connection
            .Command(SelectPostings, heads.Select(h => h.Id).ToArray())
            .ListAsync(row => (Id: row.GetGuid(0), Posting: new PostJournal.PostingRequest(row.GetGuid(1), row.GetInt64(2))), ct);
        var byId = postings.ToLookup(p => p.Id, p => p.Posting);
        return [.. heads.Select(h => h with { Postings = [.. byId[h.Id]] })];
    }

    private static PendingView Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.NullableText(1) is { } outcome ? Enum.Parse<PendingState>(outcome, ignoreCase: true) : PendingState.Pending,
        row.GetString(2),
        row.NullableText(3),
        row.GetFieldValue<DateOnly>(4),
        row.GetFieldValue<DateTimeOffset>(5),
        row.Nullable<DateTimeOffset>(6),
        row.Nullable<Guid>(7),
        row.GetGuid(8),
        []);
}
