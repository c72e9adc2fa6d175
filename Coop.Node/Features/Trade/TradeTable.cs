using Coop.Federation.Trade;
using Coop.Node.Database;
using Npgsql;
using NpgsqlTypes;

namespace Coop.Node.Features.Trade;

/// <summary>The chains with each peer: where they end, and their messages.</summary>
internal static class TradeTable
{
    private const string EnsurePair = """
        INSERT INTO trade_pairs (peer_did, sent_seq, sent_hash, received_seq, received_hash)
        VALUES ($1, 0, $2, 0, $2)
        ON CONFLICT (peer_did) DO NOTHING
        """;

    private const string SelectPair = """
        SELECT sent_seq, sent_hash, received_seq, received_hash, frozen, stated_day FROM trade_pairs WHERE peer_did = $1
        """;

    private const string SelectPeers = "SELECT peer_did FROM trade_pairs ORDER BY peer_did";

    // The lock only spares retries; SERIALIZABLE is what makes chains whole.
    private const string LockPair = SelectPair + " FOR UPDATE";

    private const string UpdateSent = "UPDATE trade_pairs SET sent_seq = $2, sent_hash = $3 WHERE peer_did = $1";

    private const string UpdateReceived = "UPDATE trade_pairs SET received_seq = $2, received_hash = $3 WHERE peer_did = $1";

    private const string UpdateStated = "UPDATE trade_pairs SET stated_day = $2 WHERE peer_did = $1";

    private const string UpdateFrozen = "UPDATE trade_pairs SET frozen = $2 WHERE peer_did = $1";

    private const string UpdateTrouble = "UPDATE trade_pairs SET trouble = $2 WHERE peer_did = $1";

    private const string InsertMessage = """
        INSERT INTO trade_messages (peer_did, is_own, seq, hash, step, transfer_id, message, event_id, taken_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    private const string SelectHash = "SELECT hash FROM trade_messages WHERE peer_did = $1 AND is_own = $2 AND seq = $3";

    internal const string SelectMessages = """
        SELECT message FROM trade_messages WHERE peer_did = $1 AND is_own = $2 AND seq > $3 ORDER BY seq LIMIT $4
        """;

    private const string InsertEvidence = """
        INSERT INTO trade_evidence (id, peer_did, code, message, event_id, found_at) VALUES ($1, $2, $3, $4, $5, $6)
        """;

    public static Task<List<string>> ListPeersAsync(NpgsqlConnection connection, CancellationToken ct) =>
        connection.Command(SelectPeers).ListAsync(r => r.GetString(0), ct);

    public static async Task<TradePair> LockAsync(NpgsqlConnection connection, string peerDid, CancellationToken ct)
    {
        if (await ReadAsync(connection, LockPair, peerDid, ct) is { } pair)
        {
            return pair;
        }

        await connection.Command(EnsurePair, peerDid, TradeHead.Start.Hash).RunAsync(ct);
        return TradePair.None(peerDid);
    }

    public static async Task<TradePair> FindAsync(NpgsqlConnection connection, string peerDid, CancellationToken ct) =>
        await ReadAsync(connection, SelectPair, peerDid, ct) ?? TradePair.None(peerDid);

    public static Task MoveAsync(NpgsqlConnection connection, string peerDid, bool isOwn, TradeHead head, CancellationToken ct) =>
        connection.Command(isOwn ? UpdateSent : UpdateReceived, peerDid, head.Seq, head.Hash).RunAsync(ct);

    public static Task StateAsync(NpgsqlConnection connection, string peerDid, DateOnly day, CancellationToken ct) =>
        connection.Command(UpdateStated, peerDid, day).RunAsync(ct);

    /// <param name="connection">Of the transaction.</param>
    /// <param name="peerDid">With whom.</param>
    /// <param name="code">Null to thaw.</param>
    /// <param name="ct">Ends the attempt.</param>
    public static Task FreezeAsync(NpgsqlConnection connection, string peerDid, string? code, CancellationToken ct) =>
        WithTextAsync(connection, UpdateFrozen, peerDid, code, ct);

    public static Task NoteTroubleAsync(NpgsqlConnection connection, string peerDid, string? words, CancellationToken ct) =>
        WithTextAsync(connection, UpdateTrouble, peerDid, words, ct);

    public static Task AddAsync(WriteScope scope, string peerDid, TradeChange change, string json, Guid eventId, CancellationToken ct)
    {
        var command = scope.Connection.Command(
            InsertMessage, peerDid, change.IsOwn, change.Head.Seq, change.Head.Hash, TradeSteps.NameOf(change.Message.Step));
        command.Parameters.Add(new() { Value = (object?)change.Message.Body.Transfer ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = json });
        command.Parameters.Add(new() { Value = eventId });
        command.Parameters.Add(new() { Value = scope.Now });
        return command.RunAsync(ct);
    }

    public static async Task<string?> HashAsync(NpgsqlConnection connection, string peerDid, bool isOwn, long seq, CancellationToken ct) =>
        await connection.Command(SelectHash, peerDid, isOwn, seq).SingleAsync(r => r.GetString(0), ct);

    public static Task<List<string>> MessagesAsync(
        NpgsqlConnection connection, string peerDid, bool isOwn, long after, int max, CancellationToken ct) =>
        connection.Command(SelectMessages, peerDid, isOwn, after, (long)max).ListAsync(r => r.GetString(0), ct);

    public static Task AddEvidenceAsync(WriteScope scope, string peerDid, string code, string? json, Guid eventId, CancellationToken ct)
    {
        var command = scope.Connection.Command(InsertEvidence, scope.NewId(), peerDid, code);
        command.Parameters.Add(new() { Value = (object?)json ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = eventId });
        command.Parameters.Add(new() { Value = scope.Now });
        return command.RunAsync(ct);
    }

    private static Task<TradePair?> ReadAsync(NpgsqlConnection connection, string sql, string peerDid, CancellationToken ct) =>
        connection.Command(sql, peerDid).SingleAsync(
            r => new TradePair(
                peerDid, new(r.GetInt64(0), r.GetString(1)), new(r.GetInt64(2), r.GetString(3)),
                r.IsDBNull(4) ? null : r.GetString(4), r.Nullable<DateOnly>(5)),
            ct);

    private static Task<int> WithTextAsync(NpgsqlConnection connection, string sql, string peerDid, string? text, CancellationToken ct)
    {
        var command = connection.Command(sql, peerDid);
        command.Parameters.Add(new() { Value = (object?)text ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        return command.RunAsync(ct);
    }
}
