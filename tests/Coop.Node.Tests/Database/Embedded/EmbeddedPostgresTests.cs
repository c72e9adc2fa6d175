using System.Diagnostics;
using System.Globalization;
using Coop.Node.Database.Embedded;
using Coop.Testing;
using Npgsql;

namespace Coop.Node.Tests.Database.Embedded;

/// <summary>The server of the node's own, with real processes on real folders.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class EmbeddedPostgresTests : IDisposable
{
    private static readonly Dictionary<string, string> NoSettings = [];

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("coop-embedded-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ServerFolder Folder => new(Path.Combine(_home.FullName, "data", "postgres"));

    public void Dispose() => _home.Delete(recursive: true);

    [Fact]
    public async Task KeepsItsDataOverStarts_AndLeavesNoProcess()
    {
        await using (var server = await StartAsync())
        {
            await server.EnsureDatabaseAsync("coop", Token);
            await server.EnsureDatabaseAsync("coop", Token);
            await ExecuteAsync(server, "CREATE TABLE kept (id bigint)");
            Assert.Equal("on", await ScalarAsync(server, "SHOW fsync"));
            Assert.Equal("C.UTF-8", await ScalarAsync(server, "SELECT datlocale FROM pg_database WHERE datname = 'coop'"));
        }

        Assert.Null(PostmasterFile.Read(Folder));
        Assert.Empty(ServerProcesses.On(Folder));
        await using var again = await StartAsync();
        Assert.Equal(0L, await ScalarAsync(again, "SELECT count(*) FROM kept"));
    }

    [Fact]
    public async Task ThePasswordIsForTheNodesUserAlone_AndNeeded()
    {
        await using var server = await StartAsync();
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite,
            File.GetUnixFileMode(Folder.PasswordFile));
        Assert.Empty(Directory.GetFiles(Folder.LogFolder, "password*"));
        var wrong = new NpgsqlConnectionStringBuilder(server.ConnectionTo("postgres")) { Password = "guessed", Pooling = false };
        await using var connection = new NpgsqlConnection(wrong.ConnectionString);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync(Token));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
    }

    [Fact]
    public async Task RunsInAFolderThatIsClosedToOthers()
    {
        File.SetUnixFileMode(_home.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await using var server = await StartAsync();
        Assert.Equal(1, await ScalarAsync(server, "SELECT 1"));
        if (Environment.IsPrivilegedProcess)
        {
            // Root's own files, read by a process that is not root in its namespace.
            Assert.Equal("0", ServerProcesses.OwnerOf(Folder));
        }
    }

    [Fact]
    public async Task RunsAsAnotherUser_WhenTheNodeIsRoot()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Assert.Skip("Only root lends its server another user.");
        }

        Open(_home.FullName);
        await using var server = await StartAsync();
        Assert.NotEqual("0", ServerProcesses.OwnerOf(Folder));
    }

    [Fact]
    public async Task ChangesTheUser_WhenTheFolderIsClosedBetweenStarts()
    {
        Open(_home.FullName);
        await using (var server = await StartAsync())
        {
            await ExecuteAsync(server, "CREATE TABLE kept (id bigint)");
        }

        File.SetUnixFileMode(_home.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await using (var server = await StartAsync())
        {
            Assert.Equal(0L, await ScalarAsync(server, "SELECT count(*) FROM kept"));
        }

        Open(_home.FullName);
        await using var last = await StartAsync();
        Assert.Equal(0L, await ScalarAsync(last, "SELECT count(*) FROM kept"));
    }

    [Fact]
    public async Task BeginsAgain_AfterACrashWhileTheClusterWasMade()
    {
        Directory.CreateDirectory(Folder.Draft.Data);
        await File.WriteAllTextAsync(Path.Combine(Folder.Draft.Data, "PG_VERSION"), "half", Token);
        await using var server = await StartAsync();
        Assert.Equal(1, await ScalarAsync(server, "SELECT 1"));
        Assert.False(Directory.Exists(Folder.Draft.Root));
    }

    [Fact]
    public async Task StopsAServerThatOutlivedItsNode_AndGoesOnWithItsData()
    {
        var orphaned = await StartAsync();
        await ExecuteAsync(orphaned, "CREATE TABLE kept (id bigint)");
        var leftover = PostmasterFile.Read(Folder)!.ProcessId;
        ServerProcesses.KillWatchers(Folder);
        await orphaned.DisposeAsync();
        Assert.True(ServerProcesses.IsAlive(leftover));

        await using var server = await StartAsync();
        Assert.False(ServerProcesses.IsAlive(leftover));
        Assert.Equal(0L, await ScalarAsync(server, "SELECT count(*) FROM kept"));
    }

    [Fact]
    public async Task StartsAfterTheServerItselfWasKilled()
    {
        var killed = await StartAsync();
        await ExecuteAsync(killed, "CREATE TABLE kept (id bigint)");
        using (var postmaster = Process.GetProcessById(PostmasterFile.Read(Folder)!.ProcessId))
        {
            postmaster.Kill();
        }

        await killed.DisposeAsync();
        await using var server = await StartAsync();
        Assert.Equal(0L, await ScalarAsync(server, "SELECT count(*) FROM kept"));
    }

    [Fact]
    public async Task LeavesAStrangerAlone_WhoHasTheProcessIdOfACrashedServer()
    {
        await using (await StartAsync())
        {
        }

        using var stranger = Process.Start("sleep", "600");
        await File.WriteAllLinesAsync(
            Folder.PidFile,
            [stranger.Id.ToString(CultureInfo.InvariantCulture), Folder.Data, "1", "5432", "", "127.0.0.1", "1 1", "ready   "],
            Token);
        await using (var server = await StartAsync())
        {
            Assert.Equal(1, await ScalarAsync(server, "SELECT 1"));
        }

        Assert.False(stranger.HasExited);
        stranger.Kill();
    }

    [Fact]
    public async Task RefusesAFolderThatAnotherNodeUses()
    {
        await using var server = await StartAsync();
        var refused = await Assert.ThrowsAsync<EmbeddedPostgresException>(StartAsync);
        Assert.Contains("Another node runs", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await ScalarAsync(server, "SELECT 1"));
    }

    [Fact]
    public async Task SaysWhatIsMissing_WhenNoPostgresFitsTheData()
    {
        Directory.CreateDirectory(Folder.Data);
        await File.WriteAllTextAsync(Path.Combine(Folder.Data, "PG_VERSION"), "9\n", Token);
        var refused = await Assert.ThrowsAsync<EmbeddedPostgresException>(StartAsync);
        Assert.Contains("npm ci", refused.Message, StringComparison.Ordinal);
        Assert.Contains("COOP_DATABASE", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunsOnAPostgresOfTheMachine()
    {
        var binaries = await FindOfTheMachineAsync();
        Open(_home.FullName);
        Directory.CreateDirectory(Path.GetDirectoryName(Folder.Root)!);
        await ClusterMaker.MakeAsync(Folder, binaries, Token);
        await using var server = await StartAsync();
        await server.EnsureDatabaseAsync("coop", Token);
        var version = (string)(await ScalarAsync(server, "SHOW server_version"))!;
        Assert.StartsWith(binaries.MajorVersion.ToString(CultureInfo.InvariantCulture), version, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WritesNoPersonalDataIntoItsLog()
    {
        await using (var server = await StartAsync())
        {
            await ExecuteAsync(server, "CREATE TABLE people (name text PRIMARY KEY)");
            await ExecuteAsync(server, "INSERT INTO people VALUES ('Ada Lovelace')");
            await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(server, "INSERT INTO people VALUES ('Ada Lovelace')"));
        }

        var log = await File.ReadAllTextAsync(Folder.LogFile, Token);
        Assert.Contains("ready to accept connections", log, StringComparison.Ordinal);
        Assert.DoesNotContain("Lovelace", log, StringComparison.Ordinal);
    }

    private static void Open(string folder)
    {
        const UnixFileMode Everyone = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | Everyone);
    }

    private static async Task<PostgresBinaries> FindOfTheMachineAsync()
    {
        var packaged = NpmPackage.Find()?.BinFolder;
        foreach (var major in Enumerable.Range(PostgresBinaries.OldestMajorVersion, 10))
        {
            try
            {
                if (await PostgresBinaries.FindAsync(major, Token) is { } found && found.Folder != packaged)
                {
                    return found;
                }
            }
            catch (EmbeddedPostgresException)
            {
                // Not this version.
            }
        }

        // CI machines need not have a second PostgreSQL, so this one skips there too.
        Assert.Skip("There is no PostgreSQL on this machine besides the packaged one.");
        return null!;
    }

    private static async Task ExecuteAsync(EmbeddedPostgres server, string sql) => await ScalarAsync(server, sql);

    private static async Task<object?> ScalarAsync(EmbeddedPostgres server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionTo("postgres") + ";Pooling=false");
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Token);
    }

    private async Task<EmbeddedPostgres> StartAsync()
    {
        try
        {
            return await EmbeddedPostgres.StartAsync(Folder.Root, NoSettings, Token);
        }
        catch (EmbeddedPostgresException e) when (e.Message.StartsWith("No PostgreSQL", StringComparison.Ordinal))
        {
            throw Missing.Infrastructure(e.Message);
        }
    }
}
