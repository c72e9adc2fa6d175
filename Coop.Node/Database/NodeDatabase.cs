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

    private NodeDatabase(
        EmbeddedPostgres? server, NpgsqlDataSource dataSource, NpgsqlDataSource workers, DatabaseEngine engine)
    {
        _server = server;
        DataSource = dataSource;
        Workers = workers;
        Engine = engine;
    }

    public NpgsqlDataSource DataSource { get; }

    /// <summary>Connections that the sequencer and the writers of groups have to themselves.</summary>
    public NpgsqlDataSource Workers { get; }

    public DatabaseEngine Engine { get; }

    /// <summary>Brings the database up; when it returns, the schema is the one that this program knows.</summary>
    /// <exception cref="EmbeddedPostgresException">There is no database to be had.</exception>
    /// <exception cref="MigrationException">The schema cannot be brought up to date.</exception>
    public static async Task<NodeDatabase> OpenAsync(NodeOptions options, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var server = options.Database is null ? await StartEmbeddedAsync(options, ct) : null;
        return await OpenAsync(options.Database ?? server!.ConnectionTo(EmbeddedName), server, ct);
    }

    /// <summary>
    /// As <see cref="OpenAsync(NodeOptions, CancellationToken)"/>, for work beside a node: where one runs on
    /// the data folder, its embedded server is used and left running.
    /// </summary>
    public static async Task<NodeDatabase> OpenBesideAsync(NodeOptions options, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(options);
        var running = options.Database is null
            ? await EmbeddedPostgres.FindRunningAsync(ServerFolderOf(options), ct)
            : null;
        if (running is null)
        {
            return await OpenAsync(options, ct);
        }

        running.Database = EmbeddedName;
        return await OpenAsync(running.ConnectionString, server: null, ct);
    }

    public async ValueTask DisposeAsync()
    {
        await Workers.DisposeAsync();
        await ReleaseAsync(DataSource, _server);
    }

    private static async Task<NodeDatabase> OpenAsync(
        string connectionString, EmbeddedPostgres? server, CancellationToken ct)
    {
        NpgsqlDataSource? dataSource = null;
        try
        {
            dataSource = NpgsqlDataSource.Create(ConnectionSettings.For(connectionString));
            var engine = await Migrator.MigrateAsync(dataSource, Patience, ct);
            var workers = NpgsqlDataSource.Create(ConnectionSettings.ForWorkers(connectionString));
            return new(server, dataSource, workers, engine);
        }
        catch
        {
            await ReleaseAsync(dataSource, server);
            throw;
        }
    }

    private static string ServerFolderOf(NodeOptions options) => Path.Combine(options.DataFolder, "postgres");

    private static async Task<EmbeddedPostgres> StartEmbeddedAsync(NodeOptions options, CancellationToken ct)
    {
        var server = await EmbeddedPostgres.StartAsync(ServerFolderOf(options), ConnectionSettings.EmbeddedServer, ct);
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
