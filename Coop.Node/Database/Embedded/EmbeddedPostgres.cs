using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Coop.Node.Database.Embedded;

/// <summary>
/// A PostgreSQL server of the node's own: a child process on 127.0.0.1 and a free port, with its data
/// in one folder, and with PostgreSQL's default durability.
/// </summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    /// <summary>Someone else may take the port between our choice and the server's start.</summary>
    private const int MaxStarts = 5;

    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan RestartPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(10);

    private readonly FileStream _lock;
    private readonly ServerProcess _process;

    private EmbeddedPostgres(FileStream @lock, ServerProcess process, NpgsqlConnectionStringBuilder connection)
    {
        _lock = @lock;
        _process = process;
        Connection = connection;
    }

    /// <summary>How to connect, as the superuser, to the database <c>postgres</c>.</summary>
    public NpgsqlConnectionStringBuilder Connection { get; }

    /// <summary>Starts the server, and makes its cluster first where there is none.</summary>
    /// <param name="root">Its folder, e.g. <c>COOP_DATA/postgres</c>.</param>
    /// <param name="settings">Settings of postgresql.conf, over PostgreSQL's defaults.</param>
    /// <param name="ct">Ends the attempt; nothing keeps running.</param>
    /// <exception cref="EmbeddedPostgresException">It cannot; the message says what to do.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(
        string root, IReadOnlyDictionary<string, string> settings, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (OperatingSystem.IsWindows())
        {
            throw new EmbeddedPostgresException(
                "The embedded PostgreSQL runs on Linux and macOS. On Windows, set COOP_DATABASE.");
        }

        var folder = new ServerFolder(Path.GetFullPath(root));
        var @lock = folder.Lock();
        try
        {
            await PostmasterFile.StopLeftoverAsync(folder, ct);
            var binaries = await PostgresBinaries.FindAsync(folder.MajorVersion, ct);
            if (!folder.IsComplete)
            {
                await ClusterMaker.MakeAsync(folder, binaries, ct);
            }

            return await StartServerAsync(folder, @lock, binaries, settings, ct);
        }
        catch
        {
            await @lock.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// How to connect to the server that another process runs on the folder, once it is ready; null where
    /// none does.
    /// </summary>
    /// <exception cref="EmbeddedPostgresException">One is starting and does not become ready.</exception>
    public static async Task<NpgsqlConnectionStringBuilder?> FindRunningAsync(string root, CancellationToken ct)
    {
        var folder = new ServerFolder(Path.GetFullPath(root));
        var started = Stopwatch.GetTimestamp();
        while (folder.IsTaken())
        {
            if (folder.IsComplete && PostmasterFile.Read(folder) is { IsReady: true } file)
            {
                return await ConnectionAsync(folder, file.Port, ct);
            }

            if (Stopwatch.GetElapsedTime(started) > StartPatience)
            {
                throw new EmbeddedPostgresException($"PostgreSQL is not ready after {StartPatience}: {LastLines(folder)}");
            }

            await Task.Delay(PollInterval, ct);
        }

        return null;
    }

    /// <summary>How to connect to one of its databases, as the superuser.</summary>
    public string ConnectionTo(string database) =>
        new NpgsqlConnectionStringBuilder(Connection.ConnectionString) { Database = database }.ConnectionString;

    /// <summary>Makes the database where it is missing; the name is a plain identifier of our own.</summary>
    public async Task EnsureDatabaseAsync(string name, CancellationToken ct)
    {
        // A machine that is busy with a start answers late at first.
        var budget = new RetryBudget(int.MaxValue, ConnectPatience);
        while (true)
        {
            try
            {
                await ServerDatabases.EnsureAsync(Connection.ConnectionString, name, ct);
                return;
            }
            catch (Exception e) when (SqlStates.MayPass(e) && !budget.IsSpent)
            {
                await budget.BackOffAsync(ct);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await _lock.DisposeAsync();
    }

    private static async Task<EmbeddedPostgres> StartServerAsync(
        ServerFolder folder,
        FileStream @lock,
        PostgresBinaries binaries,
        IReadOnlyDictionary<string, string> settings,
        CancellationToken ct)
    {
        var account = await ServerAccount.ChooseAsync(binaries, folder.Root, ct);
        KeepOneOldLog(folder);
        await account.OwnAsync(folder.Data, ct);
        await account.OwnAsync(folder.LogFolder, ct);
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort(except: PostmasterFile.Read(folder)?.Port);
            var process = ServerProcess.Start(folder, account, CommandLine(folder, binaries, port, settings));
            try
            {
                if (await IsReadyAsync(folder, process, port, ct))
                {
                    return new(@lock, process, await ConnectionAsync(folder, port, ct));
                }
            }
            catch
            {
                await process.DisposeAsync();
                throw;
            }

            await process.DisposeAsync();
            if (attempt == MaxStarts)
            {
                throw new EmbeddedPostgresException($"PostgreSQL did not start: {LastLines(folder)}");
            }

            // Sessions of a server that was killed take a moment to notice.
            await Task.Delay(attempt * RestartPause, ct);
        }
    }

    private static string[] CommandLine(
        ServerFolder folder, PostgresBinaries binaries, int port, IReadOnlyDictionary<string, string> settings)
    {
        Dictionary<string, string> all = new(StringComparer.Ordinal)
        {
            ["port"] = port.ToString(CultureInfo.InvariantCulture),
            ["listen_addresses"] = "127.0.0.1",
            ["unix_socket_directories"] = "",
            // Refused statements are the caller's affair, and their details may hold personal data.
            ["log_min_messages"] = "log",
            ["log_min_error_statement"] = "panic",
            ["log_checkpoints"] = "off",
            ["log_line_prefix"] = "%m [%p] ",
            ["timezone"] = "UTC",
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        return [binaries.Postgres, "-D", folder.Data, .. all.SelectMany(s => (string[])["-c", $"{s.Key}={s.Value}"])];
    }

    private static async Task<bool> IsReadyAsync(
        ServerFolder folder, ServerProcess process, int port, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        while (!process.HasExited)
        {
            if (PostmasterFile.Read(folder) is { IsReady: true } file && file.Port == port)
            {
                return true;
            }

            if (Stopwatch.GetElapsedTime(started) > StartPatience)
            {
                throw new EmbeddedPostgresException($"PostgreSQL is not ready after {StartPatience}: {LastLines(folder)}");
            }

            await Task.Delay(PollInterval, ct);
        }

        return false;
    }

    private static async Task<NpgsqlConnectionStringBuilder> ConnectionAsync(
        ServerFolder folder, int port, CancellationToken ct) => new()
        {
            Host = "127.0.0.1",
            Port = port,
            Username = ClusterMaker.User,
            Password = await File.ReadAllTextAsync(folder.PasswordFile, ct),
            Database = "postgres",
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
        };

    // Another port than the file of a crashed server names: that file must not look like the new one's.
    private static int FreePort(int? except)
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            if (port != except)
            {
                return port;
            }
        }
    }

    private static void KeepOneOldLog(ServerFolder folder)
    {
        if (File.Exists(folder.LogFile))
        {
            File.Move(folder.LogFile, folder.LogFile + ".1", overwrite: true);
        }
    }

    private static string LastLines(ServerFolder folder) => File.Exists(folder.LogFile)
        ? string.Join('\n', File.ReadLines(folder.LogFile).TakeLast(5))
        : "it left no log";
}
