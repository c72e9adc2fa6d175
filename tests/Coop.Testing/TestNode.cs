using Coop.Node.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Coop.Testing;

/// <summary>A real node: Kestrel on a free port, a database and a data folder of its own.</summary>
public sealed class TestNode : IAsyncDisposable
{
    private readonly CoopNode _node;
    private readonly TestDatabase? _ownDatabase;

    private TestNode(
        CoopNode node, TestDatabase database, TestDatabase? ownDatabase, DirectoryInfo dataFolder, FakeTimeProvider? time)
    {
        _node = node;
        _ownDatabase = ownDatabase;
        Database = database;
        DataFolder = dataFolder;
        FakeTime = time;
        Client = new HttpClient { BaseAddress = Address };
    }

    public Uri Address => _node.Address;

    /// <summary>An anonymous client of <see cref="Address"/>.</summary>
    public HttpClient Client { get; }

    public IServiceProvider Services => _node.Services;

    public TestDatabase Database { get; }

    public DirectoryInfo DataFolder { get; }

    /// <summary>The node's clock, where the test gave one.</summary>
    public FakeTimeProvider Time =>
        FakeTime ?? throw new InvalidOperationException("The node was started without a fake clock.");

    private FakeTimeProvider? FakeTime { get; }

    /// <summary>Starts a node; when this returns, it serves.</summary>
    /// <param name="configure">Replaces services.</param>
    /// <param name="time">The node's clock; default the system's.</param>
    /// <param name="database">A database to share, for replicas; default one of its own.</param>
    /// <param name="keysFrom">The data folder whose keys this node shares, for replicas; default keys of its own.</param>
    /// <param name="arguments">More of the node's command line, e.g. <c>--COOP_NAME=Acorn</c>.</param>
    public static async Task<TestNode> StartAsync(
        Action<WebApplicationBuilder>? configure = null,
        FakeTimeProvider? time = null,
        TestDatabase? database = null,
        IReadOnlyList<string>? arguments = null,
        DirectoryInfo? keysFrom = null)
    {
        var ownDatabase = database is null ? await TestDatabase.CreateMigratedAsync() : null;
        var used = database ?? ownDatabase!;
        var folder = Directory.CreateTempSubdirectory("coop-node-");
        try
        {
            CopyKeys(keysFrom, folder);
            string[] commandLine =
            [
                "--urls=http://127.0.0.1:0",
                $"--COOP_DATABASE={used.ConnectionString}",
                $"--COOP_DATA={folder.FullName}",
                $"--COOP_PUBLIC_URL={NodeOptions.DefaultUrl}",
                "--COOP_CEREMONIES_PER_MINUTE=0",
                .. arguments ?? [],
            ];
            var node = await CoopNode.StartAsync(commandLine, builder =>
            {
                builder.Logging.SetMinimumLevel(LogLevel.Warning);
                if (time is not null)
                {
                    builder.Services.AddSingleton<TimeProvider>(time);
                }

                configure?.Invoke(builder);
            });
            return new(node, used, ownDatabase, folder, time);
        }
        catch
        {
            await ReleaseAsync(ownDatabase, folder);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _node.DisposeAsync();
        await ReleaseAsync(_ownDatabase, DataFolder);
    }

    // What an operator does for a second replica; the rest of the data folder belongs to one node alone.
    private static void CopyKeys(DirectoryInfo? from, DirectoryInfo to)
    {
        foreach (var file in from?.GetDirectories("keys").Single().EnumerateFiles("*", SearchOption.AllDirectories) ?? [])
        {
            var copy = new FileInfo(Path.Combine(to.FullName, Path.GetRelativePath(from!.FullName, file.FullName)));
            copy.Directory!.Create();
            file.CopyTo(copy.FullName);
        }
    }

    private static async Task ReleaseAsync(TestDatabase? database, DirectoryInfo folder)
    {
        if (database is not null)
        {
            await database.DisposeAsync();
        }

        folder.Delete(recursive: true);
    }
}
