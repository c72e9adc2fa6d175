using Coop.Federation.Log.Notes;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Log;

/// <summary>The cosignatures on checkpoints of the node's own log, and the newest checkpoint that has its quorum.</summary>
internal static class CosignatureStore
{
    private const string SelectLines = "SELECT line FROM log_cosignatures WHERE size = $1 AND root = $2 ORDER BY vkey";

    private const string UpsertLine = """
        INSERT INTO log_cosignatures (size, vkey, root, line) VALUES ($1, $2, $3, $4)
        ON CONFLICT (size, vkey) DO UPDATE SET root = $3, line = $4
        """;

    private const string DeleteOlderOfWitness = "DELETE FROM log_cosignatures WHERE vkey = $1 AND size < $2";

    private const string DeleteOlder = "DELETE FROM log_cosignatures WHERE size < $1";

    private const string SelectWitnessed = "SELECT note FROM log_witnessed WHERE id = 1";

    private const string UpsertWitnessed = """
        INSERT INTO log_witnessed (id, size, note) VALUES (1, $1, $2)
        ON CONFLICT (id) DO UPDATE SET size = $1, note = $2 WHERE log_witnessed.size <= $1
        """;

    /// <summary>The signature lines of witnesses on that checkpoint, each as it stands in a note.</summary>
    public static Task<List<string>> ListAsync(NpgsqlConnection connection, Checkpoint checkpoint, CancellationToken ct) =>
        connection.Command(SelectLines, checkpoint.Size, checkpoint.Root.ToArray()).ListAsync(r => r.GetString(0), ct);

    /// <summary>Keeps a witness's newest cosignature: a few rows, whether or not a quorum is ever met.</summary>
    public static async Task SaveAsync(
        NpgsqlTransaction transaction, Checkpoint checkpoint, NoteKey witness, string line, CancellationToken ct)
    {
        var (connection, vkey) = (transaction.Connection!, witness.ToString());
        await connection.Command(UpsertLine, checkpoint.Size, vkey, checkpoint.Root.ToArray(), line).RunAsync(ct);
        await connection.Command(DeleteOlderOfWitness, vkey, checkpoint.Size).RunAsync(ct);
    }

    /// <summary>The newest checkpoint that met its policy, with its cosignatures; null before the first.</summary>
    public static Task<string?> FindWitnessedAsync(NpgsqlConnection connection, CancellationToken ct) =>
        connection.Command(SelectWitnessed).SingleAsync(r => r.GetString(0), ct);

    /// <summary>Keeps a checkpoint that has its quorum, unless a larger one has; forgets what lies before it.</summary>
    public static async Task SaveWitnessedAsync(NpgsqlTransaction transaction, long size, SignedNote note, CancellationToken ct)
    {
        var connection = transaction.Connection!;
        if (await connection.Command(UpsertWitnessed, size, note.ToString()).RunAsync(ct) == 1)
        {
            await connection.Command(DeleteOlder, size).RunAsync(ct);
        }
    }
}
