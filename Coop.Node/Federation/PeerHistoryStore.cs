using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Federation;

/// <summary>The DID histories of peers, as they were first seen and have been extended since.</summary>
internal static class PeerHistoryStore
{
    private const string SelectHistory = """
        SELECT did, history, witnesses, refusal FROM peer_histories WHERE did = $1
        """;

    private const string UpsertHistory = """
        INSERT INTO peer_histories (did, history, witnesses, pinned_at, updated_at) VALUES ($1, $2, $3, $4, $4)
        ON CONFLICT (did) DO UPDATE
        SET history = excluded.history, witnesses = excluded.witnesses, updated_at = excluded.updated_at,
          refused_at = NULL, refusal = NULL
        """;

    private const string UpdateRefusal = """
        UPDATE peer_histories SET refused_at = $2, refusal = $3 WHERE did = $1 AND refusal IS NULL
        """;

    /// <param name="Did">Whose.</param>
    /// <param name="History">The <c>did.jsonl</c>.</param>
    /// <param name="Witnesses">The <c>did-witness.json</c>; empty where none is needed.</param>
    /// <param name="Refusal">Why another history was last refused; null once one was accepted.</param>
    public sealed record Row(string Did, string History, string Witnesses, string? Refusal);

    public static Task<Row?> FindAsync(NpgsqlConnection connection, string did, CancellationToken ct) =>
        connection.Command(SelectHistory, did).SingleAsync(
            r => new Row(r.GetString(0), r.GetString(1), r.GetString(2), r.NullableText(3)), ct);

    public static Task<int> KeepAsync(
        NpgsqlTransaction transaction, string did, string history, string witnesses, DateTimeOffset now, CancellationToken ct) =>
        transaction.Connection!.Command(UpsertHistory, did, history, witnesses, now).RunAsync(ct);

    /// <summary>Notes that the peer showed a history that does not continue the pinned one.</summary>
    public static Task<int> NoteRefusalAsync(
        NpgsqlTransaction transaction, string did, DateTimeOffset at, string refusal, CancellationToken ct) =>
        transaction.Connection!.Command(UpdateRefusal, did, at, refusal).RunAsync(ct);
}
