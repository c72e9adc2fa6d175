using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Features.Commons;

/// <summary>What this co-op shares with peers.</summary>
internal static class CommonsItemStore
{
    /// <summary>More is not shared at a time.</summary>
    public const int MaxStanding = 500;

    private const string SelectById = """
        SELECT id, event_id, kind, title, media_type, size_bytes, hash, audience, shared_at, shared_event, withdrawn_at
        FROM commons_items
        WHERE id = $1
        """;

    private const string SelectStanding = """
        SELECT id, event_id, kind, title, media_type, size_bytes, hash, audience, shared_at, shared_event, withdrawn_at
        FROM commons_items
        WHERE withdrawn_at IS NULL
        ORDER BY id DESC
        LIMIT $1
        """;

    private const string SelectStandingByHash = """
        SELECT id, event_id, kind, title, media_type, size_bytes, hash, audience, shared_at, shared_event, withdrawn_at
        FROM commons_items
        WHERE hash = $1 AND withdrawn_at IS NULL
        """;

    private const string SelectStandingByEvent = """
        SELECT id, event_id, kind, title, media_type, size_bytes, hash, audience, shared_at, shared_event, withdrawn_at
        FROM commons_items
        WHERE event_id = $1 AND withdrawn_at IS NULL
        """;

    private const string Insert = """
        INSERT INTO commons_items
          (id, event_id, kind, title, media_type, size_bytes, hash, audience, shared_at, shared_event)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """;

    private const string UpdateWithdrawn = """
        UPDATE commons_items SET withdrawn_at = $2, withdrawn_event = $3 WHERE id = $1 AND withdrawn_at IS NULL
        """;

    private const string UpdateWithdrawnOfEvent = """
        UPDATE commons_items SET withdrawn_at = $2, withdrawn_event = $3 WHERE event_id = $1 AND withdrawn_at IS NULL
        """;

    private static readonly string[] Kinds = ["event", "dataset"];

    public static Task<CommonsItem?> FindAsync(NpgsqlConnection connection, Guid id, CancellationToken ct) =>
        connection.Command(SelectById, id).SingleAsync(Read, ct);

    /// <summary>What is shared now, newest first; at most <see cref="MaxStanding"/>.</summary>
    public static Task<List<CommonsItem>> ListStandingAsync(NpgsqlConnection connection, CancellationToken ct) =>
        connection.Command(SelectStanding, (long)MaxStanding).ListAsync(Read, ct);

    public static async Task<CommonsItem?> FindStandingAsync(NpgsqlConnection connection, byte[] hash, CancellationToken ct) =>
        (await connection.Command(SelectStandingByHash, hash).ListAsync(Read, ct)).FirstOrDefault();

    public static Task<CommonsItem?> FindStandingAsync(NpgsqlConnection connection, Guid eventId, CancellationToken ct) =>
        connection.Command(SelectStandingByEvent, eventId).SingleAsync(Read, ct);

    public static Task InsertAsync(NpgsqlTransaction transaction, CommonsItem item, CancellationToken ct) =>
        transaction.Connection!.Command(
            Insert, item.Id, item.EventId, Kinds[(int)item.Kind], item.Title, item.MediaType, item.SizeBytes, item.Hash,
            item.Audience?.ToArray(), item.SharedAt, item.SharedEvent).RunAsync(ct);

    /// <summary>False when it is not shared any more.</summary>
    public static async Task<bool> WithdrawAsync(
        NpgsqlTransaction transaction, Guid id, DateTimeOffset at, Guid eventId, CancellationToken ct) =>
        await transaction.Connection!.Command(UpdateWithdrawn, id, at, eventId).RunAsync(ct) == 1;

    /// <summary>Ends the sharing of an event that is erased.</summary>
    public static Task WithdrawOfEventAsync(
        NpgsqlTransaction transaction, Guid sharedEventId, DateTimeOffset at, Guid eventId, CancellationToken ct) =>
        transaction.Connection!.Command(UpdateWithdrawnOfEvent, sharedEventId, at, eventId).RunAsync(ct);

    private static CommonsItem Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetGuid(1),
        (CommonsKind)Array.IndexOf(Kinds, row.GetString(2)),
        row.GetString(3),
        row.GetString(4),
        row.GetInt64(5),
        row.GetFieldValue<byte[]>(6),
        row.IsDBNull(7) ? null : row.GetFieldValue<string[]>(7),
        row.GetFieldValue<DateTimeOffset>(8),
        row.GetGuid(9),
        row.Nullable<DateTimeOffset>(10));
}
