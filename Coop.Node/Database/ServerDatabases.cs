using Npgsql;

namespace Coop.Node.Database;

/// <summary>
/// Makes and drops databases on a server. A database's name cannot be a parameter: it is a plain identifier of the
/// program's own, never somebody's input.
/// </summary>
internal static class ServerDatabases
{
    private const string SelectDatabase = "SELECT 1 FROM pg_database WHERE datname = $1";

    /// <summary>Makes the database unless it exists. Two callers at once: one of them may be refused.</summary>
    /// <param name="server">A connection string to any database of the server.</param>
    /// <param name="name">The name to make.</param>
    /// <param name="ct">Ends the attempt.</param>
    public static async Task EnsureAsync(string server, string name, CancellationToken ct)
    {
        await using var connection = await OpenAsync(server, ct);
        await using var select = new NpgsqlCommand(SelectDatabase, connection) { Parameters = { new() { Value = name } } };
        if (await select.ExecuteScalarAsync(ct) is null)
        {
            await using var create = new NpgsqlCommand("CREATE DATABASE " + name, connection) { CommandTimeout = 0 };
            await create.ExecuteNonQueryAsync(ct);
        }
    }

    /// <summary>Drops the database if it exists.</summary>
    /// <param name="server">A connection string to another database of the server.</param>
    /// <param name="name">The name to drop.</param>
    /// <param name="ct">Ends the attempt.</param>
    public static async Task DropAsync(string server, string name, CancellationToken ct)
    {
        await using var connection = await OpenAsync(server, ct);
        await using var drop = new NpgsqlCommand("DROP DATABASE IF EXISTS " + name, connection) { CommandTimeout = 0 };
        await drop.ExecuteNonQueryAsync(ct);
    }

    // Not pooled: an idle connection would keep somebody from dropping or copying the database that it is in.
    private static async Task<NpgsqlConnection> OpenAsync(string server, CancellationToken ct)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(ct);
        return connection;
    }
}
