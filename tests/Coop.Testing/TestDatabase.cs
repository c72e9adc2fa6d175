using Coop.Node.Database;
using Coop.Node.Hosting;
using Npgsql;

namespace Coop.Testing;

/// <summary>A database of one test's own on the test server; dropped when disposed.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    /// <summary>Many nodes share one server in a test run.</summary>
    private const int MaxPoolSize = 40;

    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);

    private readonly TestServer _server;
    private readonly string _name;

    private TestDatabase(TestServer server, string name)
    {
        _server = server;
        _name = name;
        ConnectionString = new NpgsqlConnectionStringBuilder(server.ConnectionString)
        {
            Database = name,
            MaxPoolSize = MaxPoolSize,
        }.ConnectionString;
    }

    public string ConnectionString { get; }

    /// <summary>Whether the tests run against CockroachDB.</summary>
    public bool IsCockroach => _server.IsCockroach;

    /// <summary>An empty database.</summary>
    public static Task<TestDatabase> CreateAsync() => CreateAsync(template: null);

    /// <summary>
    /// A database with the node's schema. PostgreSQL copies one that was migrated once; CockroachDB
    /// cannot, so there the node that opens it migrates.
    /// </summary>
    public static async Task<TestDatabase> CreateMigratedAsync() =>
        await CreateAsync((await TestServer.GetAsync()).IsCockroach ? null : await Template.Value);

    public async ValueTask DisposeAsync()
    {
        await using (var any = new NpgsqlConnection(ConnectionString))
        {
            NpgsqlConnection.ClearPool(any);
        }

        await _server.DropAsync(_name);
    }

    private static async Task<TestDatabase> CreateAsync(string? template)
    {
        var server = await TestServer.GetAsync();
        var name = NewName();
        await server.CreateAsync(name, template);
        return new(server, name);
    }

    private static async Task<string> MakeTemplateAsync()
    {
        var database = await CreateAsync(template: null);
        var options = new NodeOptions(database.ConnectionString, Path.GetTempPath(), new(NodeOptions.DefaultUrl), "Template");
        await using (await NodeDatabase.OpenAsync(options))
        {
            AppDomain.CurrentDomain.ProcessExit += (_, _) => TryDrop(database);
        }

        return database._name;
    }

    // An embedded server may be gone already, and its folder with it.
    private static void TryDrop(TestDatabase template)
    {
        try
        {
            template.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
        catch (NpgsqlException)
        {
        }
    }

    private static string NewName() =>
        $"coop_test_{Environment.ProcessId}_{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(6))}";
}
