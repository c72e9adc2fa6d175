using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Features.Trade;

/// <summary>A statement or its countersignature as it was signed.</summary>
internal sealed record StatementRow(string PeerDid, bool IsOwn, long Seq, string Step, string Json, DateTimeOffset TakenAt);

/// <summary>The co-signed statements.</summary>
internal static class StatementTable
{
    private const string SelectNewest = """
        SELECT peer_did, is_own, seq, step, message, taken_at FROM trade_messages
        WHERE step IN ('statement', 'countersign')
        ORDER BY taken_at DESC, peer_did, is_own, seq DESC
        LIMIT $1
        """;

    public static Task<List<StatementRow>> ListAsync(NpgsqlConnection connection, int limit, CancellationToken ct) =>
        connection.Command(SelectNewest, (long)limit).ListAsync(
            r => new StatementRow(r.GetString(0), r.GetBoolean(1), r.GetInt64(2), r.GetString(3), r.GetString(4), r.GetFieldValue<DateTimeOffset>(5)),
            ct);
}
