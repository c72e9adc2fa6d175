using Coop.Node.Database;
using Coop.Node.Database.Embedded;
using Npgsql;

namespace Coop.Node.Demo;

/// <summary>The demo's databases, on one server: the operator's, else the embedded one.</summary>
internal sealed class DemoDatabases : IAsyncDisposable
{
    private readonly EmbeddedPostgres? _server;
    private readonly string _connection;

    private DemoDatabases(EmbeddedPostgres? server, string connection) => (_server, _connection) = (server, connection);

    /// <param name="given">The connection string of a server; null for the embedded one.</param>
    /// <param name="folder">The demo's folder.</param>
    /// <param name="ct">Ends the attempt.</param>
    public static async Task<DemoDatabases> OpenAsync(string? given, DemoFolder folder, CancellationToken ct)
    {
        if (given is not null)
        {
            return new(null, given);
        }

        var settings = new Dictionary<string, string>(ConnectionSettings.EmbeddedServer) { ["max_connections"] = "200" };
        var server = await EmbeddedPostgres.StartAsync(folder.Server, settings, ct);
        return new(server, server.Connection.ConnectionString);
    }

    /// <summary>The connection string of a database, which is made where it is missing.</summary>
    /// <param name="name">A plain identifier of our own.</param>
    /// <param name="ct">Ends the attempt.</param>
    public async Task<string> EnsureAsync(string name, CancellationToken ct)
    {
        if (_server is not null)
        {
            await _server.EnsureDatabaseAsync(name, ct);
        }
        else
        {
            await ServerDatabases.EnsureAsync(_connection, name, ct);
        }

        return new NpgsqlConnectionStringBuilder(_connection) { Database = name }.ConnectionString;
    }

    /// <summary>Drops what a demo leaves that nobody wants to go on with; on the embedded server it goes with the folder.</summary>
    public async Task DropAsync(string name, CancellationToken ct)
    {
        if (_server is null)
        {
            await ServerDatabases.DropAsync(_connection, name, ct);
        }
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
