using Coop.Node.Features.Accounts;
using Coop.Node.Hosting;
using Coop.Node.Identity;
using Microsoft.Extensions.Logging.Console;

namespace Coop.Node.Demo;

/// <summary>One co-op of the demo: a whole node on a port of its own, and its administrator.</summary>
internal sealed class DemoCoop : IAsyncDisposable
{
    private readonly string[] _arguments;
    private CoopNode? _node;
    private DemoMember? _admin;

    public DemoCoop(DemoCast cast, DemoFolder folder, string connection)
    {
        Cast = cast;
        Connection = connection;
        Data = folder.DataOf(cast);
        Address = new Uri($"http://localhost:{folder.PortOf(cast)}");
        _arguments =
        [
            $"--urls=http://127.0.0.1:{folder.PortOf(cast)}",
            $"--COOP_DATABASE={connection}",
            $"--COOP_DATA={Data}",
            $"--COOP_PUBLIC_URL={Address.GetLeftPart(UriPartial.Authority)}",
            $"--COOP_NAME={cast.Name}",
            "--COOP_ALLOW_LOCAL_FETCHES=true",
            "--COOP_CEREMONIES_PER_MINUTE=0",
            "--COOP_FOLLOW_SECONDS=2",
            "--COOP_ENTANGLE_SECONDS=5",
        ];
    }

    public DemoCast Cast { get; }

    /// <summary>Of its database.</summary>
    public string Connection { get; }

    /// <summary>Its keys.</summary>
    public string Data { get; }

    public Uri Address { get; }

    public DemoMember Admin => _admin ?? throw new InvalidOperationException("Nobody has joined yet.");

    public string Did => Node.Services.GetRequiredService<NodeIdentity>().Did;

    private CoopNode Node => _node ?? throw new InvalidOperationException("The node does not run.");

    public async Task StartAsync() => _node = await CoopNode.StartAsync(_arguments, builder =>
    {
        // Standard output is the demo's own.
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.Configure<ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
    });

    public async Task StopAsync()
    {
        if (_node is { } node)
        {
            _node = null;
            await node.DisposeAsync();
        }
    }

    /// <summary>The first administrator joins, through the link that the node shows to its operator.</summary>
    public async Task FoundAsync(DemoFolder folder)
    {
        var link = Node.Services.GetRequiredService<FirstAdministrator>().Link
            ?? throw new DemoException($"{Cast.Name} has an administrator already.");
        _admin = await DemoMember.JoinAsync(Address, link, Cast.Members[0]);
        folder.SavePasskey(Cast, _admin);
    }

    /// <summary>The administrator comes back, after a second start.</summary>
    public async Task ReturnAsync(DemoFolder folder) => _admin = await DemoMember.ReturnAsync(Address, folder.ReadPasskey(Cast));

    public async ValueTask DisposeAsync()
    {
        _admin?.Dispose();
        await StopAsync();
    }
}
