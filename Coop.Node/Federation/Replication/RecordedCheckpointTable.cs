using Coop.Federation.Replication;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Federation.Replication;

/// <summary>Of each other log, the checkpoint that this node wrote into its own log last.</summary>
internal static class RecordedCheckpointTable
{
    private const string SelectRecorded = "SELECT size, recorded_at FROM recorded_checkpoints WHERE origin = $1";

    private const string UpsertRecorded = """
        INSERT INTO recorded_checkpoints (origin, size, recorded_at) VALUES ($1, $2, $3)
        ON CONFLICT (origin) DO UPDATE SET size = excluded.size, recorded_at = excluded.recorded_at
        """;

    private const string Delete = "DELETE FROM recorded_checkpoints WHERE origin = $1";

    /// <summary>The next is the first one of another history.</summary>
    public static Task<int> ForgetAsync(NpgsqlTransaction transaction, string origin, CancellationToken ct) =>
        transaction.Connection!.Command(Delete, origin).RunAsync(ct);

    public static Task<RecordedCheckpoint?> FindAsync(
        NpgsqlConnection connection, string origin, CancellationToken ct) =>
        connection.Command(SelectRecorded, origin)
            .SingleAsync(row => new RecordedCheckpoint(row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1)), ct);

    public static Task<int> UpsertAsync(
        NpgsqlTransaction transaction, string origin, RecordedCheckpoint recorded, CancellationToken ct) =>
        transaction.Connection!.Command(UpsertRecorded, origin, recorded.Size, recorded.At).RunAsync(ct);
}
