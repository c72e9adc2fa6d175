using Coop.Federation.Log;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Log;

/// <summary>
/// States that this log signed and that an operator gave up after a restore: who still shows them stops nothing.
/// </summary>
internal static class DisownedStore
{
    private const string SelectState = "SELECT size FROM log_disowned WHERE size = $1 AND root = $2";

    private const string InsertState = """
        INSERT INTO log_disowned (size, root) VALUES ($1, $2) ON CONFLICT (size, root) DO NOTHING
        """;

    public static async Task<bool> ContainsAsync(NpgsqlConnection connection, LogState state, CancellationToken ct) =>
        (await connection.Command(SelectState, state.Size, state.Root).ListAsync(r => r.GetInt64(0), ct)).Count > 0;

    public static Task AddAsync(NpgsqlTransaction transaction, LogState state, CancellationToken ct) =>
        transaction.Connection!.Command(InsertState, state.Size, state.Root).RunAsync(ct);
}
