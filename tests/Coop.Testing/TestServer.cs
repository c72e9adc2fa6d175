using Coop.Node.Database.Embedded;
using Npgsql;

namespace Coop.Testing;

/// <summary>
/// The database server of this test process: the one of <c>COOP_TEST_DATABASE</c>, else an embedded
/// PostgreSQL that starts with the first test that needs it and goes with the process.
/// </summary>
internal sealed record TestServer(string ConnectionString, bool IsCockroach)
{
    private const string FolderPrefix = "coop-tests-";
    private const string MemoryFolder = "/dev/shm";
    private const long MemoryNeeded = 4L << 30;

    // The data lives as long as the process, so the disk need not be waited for.
    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
    {
        ["max_connections"] = "600",
        ["fsync"] = "off",
        ["synchronous_commit"] = "off",
        ["full_page_writes"] = "off",
        ["max_pred_locks_per_transaction"] = "256",
        ["max_pred_locks_per_page"] = "16",
    };

    private static readonly Lazy<Task<TestServer>> Started = new(StartAsync);

    public static Task<TestServer> GetAsync() => Started.Value;

    /// <summary>Makes a database, as a copy of the template where one is named.</summary>
    public Task CreateAsync(string name, string? template) =>
        ExecuteAsync($"CREATE DATABASE {name}" + (template is null ? "" : $" TEMPLATE {template}"));

    public Task DropAsync(string name) =>
        ExecuteAsync($"DROP DATABASE IF EXISTS {name} " + (IsCockroach ? "CASCADE" : "WITH (FORCE)"));

    private static async Task<TestServer> StartAsync()
    {
        var connectionString = await FindAsync();
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT version()", connection);
        var version = (string)(await command.ExecuteScalarAsync())!;
        return new(connectionString, version.StartsWith("CockroachDB", StringComparison.Ordinal));
    }

    private static async Task<string> FindAsync()
    {
        if (Environment.GetEnvironmentVariable("COOP_TEST_DATABASE") is { Length: > 0 } given)
        {
            return given;
        }

        RemoveLeftovers();
        var folder = Directory.CreateDirectory(Path.Combine(Parents()[0], FolderPrefix + Path.GetRandomFileName()));
        MakeTraversable(folder);
        try
        {
            var server = await EmbeddedPostgres.StartAsync(
                Path.Combine(folder.FullName, "postgres"), Settings, CancellationToken.None);
            AppDomain.CurrentDomain.ProcessExit += (_, _) => End(server, folder);
            return server.ConnectionTo("postgres");
        }
        catch (EmbeddedPostgresException e)
        {
            throw Missing.Infrastructure($"no database to test with: {e.Message}");
        }
    }

    private async Task ExecuteAsync(string statement)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    private static void End(EmbeddedPostgres server, DirectoryInfo folder)
    {
        NpgsqlConnection.ClearAllPools();
        server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        try
        {
            folder.Delete(recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Its lock is free, so another test process may take it for a leftover.
        }
    }

    // Test processes that were killed leave their folder; its lock tells whether one is still in use.
    private static void RemoveLeftovers()
    {
        foreach (var folder in Parents().SelectMany(p => new DirectoryInfo(p).EnumerateDirectories(FolderPrefix + "*")))
        {
            try
            {
                var lockFile = Path.Combine(folder.FullName, "postgres.lock");
                if (!File.Exists(lockFile))
                {
                    continue;
                }

                using (new FileStream(lockFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                {
                    folder.Delete(recursive: true);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // In use, or another user's.
            }
        }
    }

    // A database of one test's own is a thousand small files, which a disk takes ten times as long to make.
    private static string[] Parents() =>
        OperatingSystem.IsLinux() && Directory.Exists(MemoryFolder) && new DriveInfo(MemoryFolder).AvailableFreeSpace >= MemoryNeeded
            ? [MemoryFolder, Path.GetTempPath()]
            : [Path.GetTempPath()];

    private static void MakeTraversable(DirectoryInfo folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            folder.UnixFileMode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        }
    }
}
