using Coop.Federation.Log;
using Coop.Federation.Log.Notes;
using Coop.Federation.Replication;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Federation.Witnessing;

/// <summary>The latest checkpoint that this node's witness has cosigned, for each log.</summary>
internal static class WitnessedLogStore
{
    private const string SelectByOrigin = "SELECT size, root FROM witnessed_logs WHERE origin = $1";

    private const string SelectNote = "SELECT note FROM witnessed_logs WHERE origin = $1";

    private const string SelectNoteByHash = "SELECT note FROM witnessed_logs WHERE origin_hash = $1";

    private const string InsertFirst = """
        INSERT INTO witnessed_logs (origin, origin_hash, size, root, note, witnessed_at)
        VALUES ($1, $2, $3, $4, $5, now())
        ON CONFLICT (origin) DO NOTHING
        """;

    private const string Advance = """
        UPDATE witnessed_logs
        SET size = $4, root = $5, note = $6, witnessed_at = now()
        WHERE origin = $1 AND size = $2 AND root = $3
        """;

    public static Task<LogState?> FindAsync(NpgsqlConnection connection, string origin, CancellationToken ct) =>
        connection.Command(SelectByOrigin, origin)
            .SingleAsync(r => new LogState(r.GetInt64(0), r.GetFieldValue<byte[]>(1)), ct);

    /// <summary>The checkpoint as its log signed it; null when there is none.</summary>
    public static Task<string?> FindNoteAsync(NpgsqlConnection connection, string origin, CancellationToken ct) =>
        connection.Command(SelectNote, origin).SingleAsync(r => r.GetString(0), ct);

    /// <summary>As <see cref="FindNoteAsync"/>, by the lower-case hexadecimal SHA-256 of the origin.</summary>
    public static Task<string?> FindNoteByHashAsync(NpgsqlConnection connection, string originHash, CancellationToken ct) =>
        connection.Command(SelectNoteByHash, originHash).SingleAsync(r => r.GetString(0), ct);

    /// <summary>False when the latest is not <paramref name="from"/> any more.</summary>
    public static async Task<bool> TryAdvanceAsync(
        NpgsqlTransaction transaction, string origin, LogState? from, LogState to, SignedNote note, CancellationToken ct)
    {
        var connection = transaction.Connection!;
        await using var command = from is null
            ? connection.Command(InsertFirst, origin, LogSubject.IdOf(origin), to.Size, to.Root, note.ToString())
            : connection.Command(Advance, origin, from.Size, from.Root, to.Size, to.Root, note.ToString());
        return await command.RunAsync(ct) == 1;
    }
}
