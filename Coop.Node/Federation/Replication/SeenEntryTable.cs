using Coop.Federation.Replication;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Federation.Replication;

/// <summary>What peers' logs say that they saw of others, until it has been read.</summary>
internal static class SeenEntryTable
{
    private const string SelectUnread = """
        SELECT subject, seq, event_id, payload_hash FROM mirror_seen
        WHERE origin = $1 AND NOT is_read
        ORDER BY subject
        LIMIT 100
        """;

    private const string MarkAsRead = """
        UPDATE mirror_seen SET is_read = true WHERE origin = $1 AND subject = $2 AND seq = $3
        """;

    public static Task<List<SeenEntry>> ListUnreadAsync(
        NpgsqlConnection connection, string origin, CancellationToken ct) =>
        connection.Command(SelectUnread, origin).ListAsync(
            row => new SeenEntry(row.GetString(0), row.GetInt64(1), row.GetGuid(2), row.GetFieldValue<byte[]>(3)), ct);

    /// <summary>Marks an entry, unless a newer one has taken its place.</summary>
    public static Task<int> MarkAsync(
        NpgsqlTransaction transaction, string origin, SeenEntry entry, CancellationToken ct) =>
        transaction.Connection!.Command(MarkAsRead, origin, entry.Subject, entry.Seq).RunAsync(ct);
}
