using System.Text;
using Coop.Federation.Log;
using Coop.Federation.Log.Notes;
using Coop.Federation.Replication;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Federation.Replication;

/// <summary>The state of each copy: one row a log and history, moved by compare-and-swap on its version.</summary>
internal static class MirrorTable
{
    private const string SelectState = """
        SELECT version, size, edge, last_leaf, last_other, accepted_size, accepted_edge, accepted, complete
        FROM mirrors
        WHERE origin = $1
        """;

    private const string SelectStates = """
        SELECT version, size, edge, last_leaf, last_other, accepted_size, accepted_edge, accepted, complete, origin
        FROM mirrors
        ORDER BY origin
        """;

    private const string InsertState = """
        INSERT INTO mirrors
          (origin, version, size, edge, last_leaf, last_other, accepted_size, accepted_edge, accepted, complete)
        VALUES ($1, 1, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (origin) DO NOTHING
        """;

    private const string UpdateState = """
        UPDATE mirrors
        SET version = version + 1, size = $3, edge = $4, last_leaf = $5, last_other = $6, accepted_size = $7,
          accepted_edge = $8, accepted = $9, complete = $10
        WHERE origin = $1 AND version = $2
        """;

    private const int TileWidth = 256;

    /// <summary>The state of a copy; the empty one where there is none.</summary>
    /// <exception cref="LogFaultException">What is stored does not fit together.</exception>
    public static async Task<MirrorState> ReadAsync(
        NpgsqlConnection connection, string origin, long history, CancellationToken ct)
    {
        try
        {
            var state = await connection.Command(SelectState, MirrorKey.Of(origin, history)).SingleAsync(State, ct);
            return (state ?? MirrorState.Empty) with { History = history };
        }
        catch (NoteException e)
        {
            throw new LogFaultException($"The copy of {origin} is damaged: {e.Message}");
        }
    }

    /// <summary>All copies with their logs' origins, also those that were kept aside.</summary>
    public static async Task<IReadOnlyList<(string Origin, MirrorState State)>> ListAsync(
        NpgsqlConnection connection, CancellationToken ct) =>
        await connection.Command(SelectStates).ListAsync(
            row =>
            {
                var (origin, history) = MirrorKey.Parse(row.GetString(9));
                return (origin, State(row) with { History = history });
            },
            ct);

    /// <summary>Replaces the state that has the version of the given one; false when there is another.</summary>
    public static async Task<bool> TryMoveAsync(
        NpgsqlTransaction transaction, string origin, MirrorState next, CancellationToken ct)
    {
        var sql = next.Version == 0 ? InsertState : UpdateState;
        return await transaction.Connection!.Command(
            sql,
            MirrorKey.Of(origin, next.History),
            next.Version,
            next.Size,
            next.Edge.Encode(),
            next.LastLeaf.ToArray(),
            next.LastOther,
            next.AcceptedSize,
            next.AcceptedEdge.Encode(),
            next.Accepted!.ToString(),
            next.Complete?.ToString()).RunAsync(ct) == 1;
    }

    private static MirrorState State(NpgsqlDataReader row)
    {
        var size = row.GetInt64(1);
        return new MirrorState
        {
            Version = row.GetInt64(0),
            Size = size,
            Edge = TreeEdge.Decode(size - (size % TileWidth), row.GetFieldValue<byte[]>(2)),
            LastLeaf = row.GetFieldValue<byte[]>(3),
            LastOther = row.GetInt64(4),
            AcceptedEdge = TreeEdge.Decode(row.GetInt64(5), row.GetFieldValue<byte[]>(6)),
            Accepted = SignedNote.Parse(Encoding.UTF8.GetBytes(row.GetString(7))),
            Complete = row.NullableText(8) is { } note ? SignedNote.Parse(Encoding.UTF8.GetBytes(note)) : null,
        };
    }
}
