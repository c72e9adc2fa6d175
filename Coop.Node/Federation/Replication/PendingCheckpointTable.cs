using System.Text;
using Coop.Federation.Log.Notes;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Federation.Replication;

/// <summary>Checkpoints of other logs that wait until the copy has grown.</summary>
internal static class PendingCheckpointTable
{
    private const string SelectNotes = "SELECT note FROM pending_checkpoints WHERE origin = $1 ORDER BY size";

    private const string InsertNote = """
        INSERT INTO pending_checkpoints (origin, size, root, note) VALUES ($1, $2, $3, $4)
        ON CONFLICT (origin, size, root) DO NOTHING
        """;

    private const string DeleteNote = """
        DELETE FROM pending_checkpoints WHERE origin = $1 AND size = $2 AND root = $3
        """;

    private const string DeleteNotes = "DELETE FROM pending_checkpoints WHERE origin = $1";

    /// <summary>Drops what waits to be held against a copy that will not grow any more.</summary>
    public static Task<int> ForgetAsync(NpgsqlTransaction transaction, string origin, CancellationToken ct) =>
        transaction.Connection!.Command(DeleteNotes, origin).RunAsync(ct);

    public static Task<List<SignedNote>> ListAsync(NpgsqlConnection connection, string origin, CancellationToken ct) =>
        connection.Command(SelectNotes, origin)
            .ListAsync(row => SignedNote.Parse(Encoding.UTF8.GetBytes(row.GetString(0))), ct);

    public static Task<int> InsertAsync(
        NpgsqlTransaction transaction, string origin, SignedNote note, CancellationToken ct)
    {
        var checkpoint = Checkpoint.Parse(note.Text);
        return transaction.Connection!
            .Command(InsertNote, origin, checkpoint.Size, checkpoint.Root.ToArray(), note.ToString()).RunAsync(ct);
    }

    public static Task<int> DeleteAsync(
        NpgsqlTransaction transaction, string origin, SignedNote note, CancellationToken ct)
    {
        var checkpoint = Checkpoint.Parse(note.Text);
        return transaction.Connection!
            .Command(DeleteNote, origin, checkpoint.Size, checkpoint.Root.ToArray()).RunAsync(ct);
    }
}
