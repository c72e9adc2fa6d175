using Coop.Federation.Trade;
using Coop.Ledger.Accounts;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Features.Trade;

/// <summary>A position and the accounts that hold it.</summary>
internal sealed record PositionRow(
    string PeerDid, TradePosition Position, AccountId Mirror, AccountId UnderWay, AccountId Unassigned);

/// <summary>What this co-op and its peers owe each other.</summary>
internal static class PositionTable
{
    private const string Columns = """
        SELECT peer_did, unit, mirror_minor, reserved_minor, promised_minor, mirror_account, under_way_account, unassigned_account
        FROM trade_positions
        """;

    private const string SelectAll = Columns + " ORDER BY peer_did, unit";

    private const string SelectOfPeer = Columns + " WHERE peer_did = $1 ORDER BY unit";

    private const string Insert = """
        INSERT INTO trade_positions
          (peer_did, unit, mirror_minor, reserved_minor, promised_minor, mirror_account, under_way_account, unassigned_account)
        VALUES ($1, $2, 0, 0, 0, $3, $4, $5)
        """;

    private const string Update = """
        UPDATE trade_positions SET mirror_minor = $3, reserved_minor = $4, promised_minor = $5
        WHERE peer_did = $1 AND unit = $2
        """;

    public static Task<List<PositionRow>> ListAsync(NpgsqlConnection connection, CancellationToken ct) =>
        connection.Command(SelectAll).ListAsync(Read, ct);

    public static Task<List<PositionRow>> ListAsync(NpgsqlConnection connection, string peerDid, CancellationToken ct) =>
        connection.Command(SelectOfPeer, peerDid).ListAsync(Read, ct);

    public static Task AddAsync(WriteScope scope, PositionRow row, CancellationToken ct) =>
        scope.Connection.Command(
            Insert, row.PeerDid, row.Position.Unit, row.Mirror.Value, row.UnderWay.Value, row.Unassigned.Value).RunAsync(ct);

    public static Task SaveAsync(WriteScope scope, string peerDid, TradePosition position, CancellationToken ct) =>
        scope.Connection.Command(
            Update, peerDid, position.Unit, position.MirrorMinor, position.ReservedMinor, position.PromisedMinor).RunAsync(ct);

    private static PositionRow Read(NpgsqlDataReader r) => new(
        r.GetString(0), new(r.GetString(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4)),
        new(r.GetGuid(5)), new(r.GetGuid(6)), new(r.GetGuid(7)));
}
