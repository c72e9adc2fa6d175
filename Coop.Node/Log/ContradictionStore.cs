using Coop.Federation.Log;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Log;

/// <summary>
/// States that this log signed, as somebody showed, and that the stored log does not continue. They stop the log at
/// every start, until the database that has them is back or an operator gives them up (<see cref="DisownedStore"/>).
/// </summary>
internal static class ContradictionStore
{
    private const string InsertState = """
        INSERT INTO log_contradictions (size, root, shown_by) VALUES ($1, $2, $3) ON CONFLICT (size, root) DO NOTHING
        """;

    private const string SelectStates = "SELECT size, root, shown_by FROM log_contradictions ORDER BY size, root";

    private const string DisownStates = """
        INSERT INTO log_disowned (size, root) SELECT size, root FROM log_contradictions
        ON CONFLICT (size, root) DO NOTHING
        """;

    public static Task AddAsync(NpgsqlTransaction transaction, LogState state, string who, CancellationToken ct) =>
        transaction.Connection!.Command(InsertState, state.Size, state.Root, who).RunAsync(ct);

    public static Task<List<(LogState State, string Who)>> ListAsync(NpgsqlConnection connection, CancellationToken ct) =>
        connection.Command(SelectStates).ListAsync(
            row => (new LogState(row.GetInt64(0), row.GetFieldValue<byte[]>(1)), row.GetString(2)), ct);

    /// <summary>Gives all of them up.</summary>
    public static Task DisownAllAsync(NpgsqlTransaction transaction, CancellationToken ct) =>
        transaction.Connection!.Command(DisownStates).RunAsync(ct);
}
