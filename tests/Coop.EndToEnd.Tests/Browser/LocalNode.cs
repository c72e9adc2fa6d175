using System.Net;
using System.Net.Sockets;
using Coop.Node.Features.Accounts;
using Coop.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Coop.EndToEnd.Tests.Browser;

/// <summary>
/// A node at http://localhost and a port of its own: browsers give passkeys to that name without a
/// certificate.
/// </summary>
public sealed class LocalNode : IAsyncDisposable
{
    private const int Attempts = 20;
    private readonly TestNode _node;

    private LocalNode(TestNode node, Uri url, ShiftedTime time)
    {
        _node = node;
        Url = url;
        Time = time;
    }

    public Uri Url { get; }

    public ShiftedTime Time { get; }

    public IServiceProvider Services => _node.Services;

    public DirectoryInfo DataFolder => _node.DataFolder;

    /// <summary>The link for the first administrator, as the node printed it.</summary>
    public string EnrolmentLink => _node.Services.GetRequiredService<FirstAdministrator>().Link!;

    public static async Task<LocalNode> StartAsync(string name = "Harvest Moon Co-op")
    {
        for (var attempt = 1; ; attempt++)
        {
            var url = new Uri($"http://localhost:{FreePort()}");
            var time = new ShiftedTime();
            try
            {
                var node = await TestNode.StartAsync(
                    builder => builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time)),
                    arguments: [$"--urls={url}", $"--COOP_PUBLIC_URL={url}", $"--COOP_NAME={name}", "--COOP_ALLOW_LOCAL_FETCHES=true"]);
                return new LocalNode(node, url, time);
            }
            catch (IOException) when (attempt < Attempts)
            {
                // Somebody took the port in between.
            }
        }
    }

    public async Task<string> DidAsync()
    {
        var description = await _node.Client.GetStringAsync(new Uri("/.well-known/coop-node", UriKind.Relative));
        return System.Text.Json.JsonElement.Parse(description).GetProperty("did").GetString()!;
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
