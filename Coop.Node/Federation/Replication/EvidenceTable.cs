using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Federation.Replication;

/// <summary>The proofs that logs signed two histories; never deleted.</summary>
internal static class EvidenceTable
{
    private const string InsertEvidence = """
        INSERT INTO evidence (id, origin, evidence, source, found_at, event_id) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (id) DO NOTHING
        """;

    private const string SelectIds = "SELECT id FROM evidence WHERE origin = $1";

    private const string SelectAll = """
        SELECT id, origin, source, found_at, event_id FROM evidence ORDER BY found_at DESC, id LIMIT $1
        """;

    private const string SelectJson = "SELECT evidence FROM evidence WHERE id = $1";

    public static Task<int> InsertAsync(
        NpgsqlTransaction transaction, StoredEvidence stored, string json, CancellationToken ct) =>
        transaction.Connection!.Command(
            InsertEvidence, stored.Id, stored.Origin, json, stored.Source, stored.FoundAt, stored.EventId).RunAsync(ct);

    public static Task<List<string>> ListIdsAsync(NpgsqlConnection connection, string origin, CancellationToken ct) =>
        connection.Command(SelectIds, origin).ListAsync(row => row.GetString(0), ct);

    /// <summary>The newest first.</summary>
    public static Task<List<StoredEvidence>> ListAsync(NpgsqlConnection connection, int limit, CancellationToken ct) =>
        connection.Command(SelectAll, (long)limit).ListAsync(
            row => new StoredEvidence(
                row.GetString(0),
                row.GetString(1),
                row.GetString(2),
                row.GetFieldValue<DateTimeOffset>(3),
                row.GetGuid(4)),
            ct);

    /// <summary>The evidence file; null where there is none of that id.</summary>
    public static Task<string?> FindAsync(NpgsqlConnection connection, string id, CancellationToken ct) =>
        connection.Command(SelectJson, id).SingleAsync(row => row.GetString(0), ct);
}
