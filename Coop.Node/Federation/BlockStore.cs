using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Federation;

/// <summary>DIDs from which this co-op takes no proposals.</summary>
internal static class BlockStore
{
    public const int MaxCount = 1000;

    private const string SelectAll = "SELECT did, blocked_at, event_id FROM peering_blocks ORDER BY blocked_at DESC LIMIT $1";

    private const string SelectOne = "SELECT did, blocked_at, event_id FROM peering_blocks WHERE did = $1";

    private const string InsertBlock = """
        INSERT INTO peering_blocks (did, blocked_at, event_id) VALUES ($1, $2, $3) ON CONFLICT (did) DO NOTHING
        """;

    private const string DeleteBlock = "DELETE FROM peering_blocks WHERE did = $1";

    /// <param name="Did">Who.</param>
    /// <param name="BlockedAt">Since when.</param>
    /// <param name="EventId">The event <c>peer.blocked</c>.</param>
    public sealed record Row(string Did, DateTimeOffset BlockedAt, Guid EventId);

    public static Task<List<Row>> ListAsync(NpgsqlConnection connection, CancellationToken ct) =>
        connection.Command(SelectAll, (long)MaxCount).ListAsync(Read, ct);

    public static Task<Row?> FindAsync(NpgsqlConnection connection, string did, CancellationToken ct) =>
        connection.Command(SelectOne, did).SingleAsync(Read, ct);

    public static async Task<bool> InsertAsync(NpgsqlTransaction transaction, Row row, CancellationToken ct) =>
        await transaction.Connection!.Command(InsertBlock, row.Did, row.BlockedAt, row.EventId).RunAsync(ct) == 1;

    public static async Task<bool> DeleteAsync(NpgsqlTransaction transaction, string did, CancellationToken ct) =>
        await transaction.Connection!.Command(DeleteBlock, did).RunAsync(ct) == 1;

    private static Row Read(NpgsqlDataReader row) =>
        new(row.GetString(0), row.GetFieldValue<DateTimeOffset>(1), row.GetGuid(2));
}
