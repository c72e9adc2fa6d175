using Coop.Federation.Replication;
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

    private const string SelectUndecidedIds = "SELECT id FROM evidence WHERE origin = $1 AND choice IS NULL ORDER BY id";

    private const string SelectDecided = """
        SELECT evidence FROM evidence WHERE origin = $1 AND choice IS NOT NULL ORDER BY choice DESC, found_at DESC, id LIMIT $2
        """;

    private const string SelectOfLog = """
        SELECT e.id, e.origin, e.source, e.found_at, e.event_id, c.choice
        FROM evidence AS e
        LEFT JOIN history_choices AS c ON c.origin = e.origin AND c.number = e.choice
        WHERE e.origin = $1
        ORDER BY e.found_at DESC, e.id
        LIMIT $2
        """;

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

    /// <summary>Those about which people have not decided.</summary>
    public static Task<List<string>> ListUndecidedAsync(NpgsqlConnection connection, string origin, CancellationToken ct) =>
        connection.Command(SelectUndecidedIds, origin).ListAsync(row => row.GetString(0), ct);

    /// <summary>The evidence files about which people have decided, the newest first.</summary>
    public static Task<List<string>> ListDecidedAsync(
        NpgsqlConnection connection, string origin, int limit, CancellationToken ct) =>
        connection.Command(SelectDecided, origin, (long)limit).ListAsync(row => row.GetString(0), ct);

    /// <summary>The proofs about a log with what people decided, the newest first.</summary>
    public static Task<List<(StoredEvidence Stored, HistoryChoice? Choice)>> ListOfAsync(
        NpgsqlConnection connection, string origin, int limit, CancellationToken ct) =>
        connection.Command(SelectOfLog, origin, (long)limit).ListAsync(
            row => (Read(row), row.NullableText(5) is { } choice ? PeeringNames.Choice(choice) : (HistoryChoice?)null), ct);

    /// <summary>The newest first.</summary>
    public static Task<List<StoredEvidence>> ListAsync(NpgsqlConnection connection, int limit, CancellationToken ct) =>
        connection.Command(SelectAll, (long)limit).ListAsync(Read, ct);

    /// <summary>The evidence file; null where there is none of that id.</summary>
    public static Task<string?> FindAsync(NpgsqlConnection connection, string id, CancellationToken ct) =>
        connection.Command(SelectJson, id).SingleAsync(row => row.GetString(0), ct);

    private static StoredEvidence Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3), row.GetGuid(4));
}
