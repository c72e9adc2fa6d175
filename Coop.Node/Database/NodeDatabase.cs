using Coop.Node.Database.Embedded;
using Coop.Node.Database.Migrations;
using Coop.Node.Hosting;
using Npgsql;

namespace Coop.Node.Database;

/// <summary>The node's database: the embedded server where none is configured, migrated, with its pool.</summary>
public sealed class NodeDatabase : IAsyncDisposable
{
    /// <summary>The embedded server's database.</summary>
    private const string EmbeddedName = "coop";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly EmbeddedPostgres? _server;

    private NodeDatabase(EmbeddedPostgres? server, NpgsqlDataSource dataSource, DatabaseEngine engine)
    {
        _server = server;
        DataSource = dataSource;
        Engine = engine;
    }

    public NpgsqlDataSource DataSource { get; }

    public DatabaseEngine Engine { get; }

    /// <summary>Brings the database up; when it returns, the schema is the one that this program knows.</summary>
    /// <exception cref="EmbeddedPostgresException">There is no database to be had.</exception>
    /// <exception cref="MigrationException">The schema cannot be brought up to date.</exception>
    public static async Task<NodeDatabase> OpenAsync(NodeOptions options, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var server = options.Database is null ? await StartEmbeddedAsync(options, ct) : null;
        NpgsqlDataSource? dataSource = null;
        try
        {
            var connection = ConnectionSettings.For(options.Database ?? server!.ConnectionTo(EmbeddedName));
            dataSource = NpgsqlDataSource.Create(connection);
            var engine = await Migrator.MigrateAsync(dataSource, Patience, ct);
            return new(server, dataSource, engine);
        }
        catch
        {
            await ReleaseAsync(dataSource, server);
            throw;
        }
    }

    public ValueTask DisposeAsync() => ReleaseAsync(DataSource, _server);

    private static async Task<EmbeddedPostgres> StartEmbeddedAsync(NodeOptions options, CancellationToken ct)
    {
        var folder = Path.Combine(options.DataFolder, "postgres");
        var server = await EmbeddedPostgres.StartAsync(folder, ConnectionSettings.EmbeddedServer, ct);
        try
        {
            await server.EnsureDatabaseAsync(EmbeddedName, ct);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private static async ValueTask ReleaseAsync(NpgsqlDataSource? dataSource, EmbeddedPostgres? server)
    {
        if (dataSource is not null)
        {
            await dataSource.DisposeAsync();
        }

        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }
}
