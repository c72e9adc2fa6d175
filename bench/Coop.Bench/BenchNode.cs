using Coop.Node.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Coop.Bench;

/// <summary>A node on the embedded database with its default durability, in a folder that goes away afterwards.</summary>
internal sealed class BenchNode : IAsyncDisposable
{
    private readonly CoopNode _node;
    private readonly DirectoryInfo _folder;

    private BenchNode(CoopNode node, DirectoryInfo folder)
    {
        _node = node;
        _folder = folder;
    }

    public Uri Address => _node.Address;

    public IServiceProvider Services => _node.Services;

    public NpgsqlDataSource DataSource => Services.GetRequiredService<NpgsqlDataSource>();

    public static async Task<BenchNode> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("coop-bench-");
        if (!OperatingSystem.IsWindows())
        {
            // The embedded server may run as another user, who must be able to reach its folder.
            folder.UnixFileMode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        }

        var node = await CoopNode.StartAsync(
            ["--urls=http://127.0.0.1:0", $"--COOP_DATA={folder.FullName}", $"--COOP_PUBLIC_URL={NodeOptions.DefaultUrl}"],
            builder => builder.Logging.SetMinimumLevel(LogLevel.Warning));
        return new BenchNode(node, folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
