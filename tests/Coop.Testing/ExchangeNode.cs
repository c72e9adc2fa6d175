using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Coop.Node.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Coop.Testing;

/// <summary>A node under an address that other nodes really reach, and its administrator.</summary>
public sealed class ExchangeNode : IAsyncDisposable
{
    private ExchangeNode(TestNode node, TestMember admin) => (Node, Admin) = (node, admin);

    public TestNode Node { get; }

    public TestMember Admin { get; }

    public string Did => Node.Services.GetRequiredService<NodeIdentity>().Did;

    public static async Task<ExchangeNode> StartAsync(
        string name, Action<WebApplicationBuilder>? configure = null, TestDatabase? database = null, string? connection = null)
    {
        var port = FreePort();
        List<string> arguments =
        [
            $"--urls=http://127.0.0.1:{port}",
            $"--COOP_PUBLIC_URL=http://localhost:{port}",
            "--COOP_WEB_ORIGINS=http://localhost:5080",
            $"--COOP_NAME={name}",
            "--COOP_ALLOW_LOCAL_FETCHES=true",
        ];
        if (connection is not null)
        {
            arguments.Add($"--COOP_DATABASE={connection}");
        }

        var node = await TestNode.StartAsync(configure, database: database, arguments: arguments);
        return new(node, await TestMember.EnrolAdministratorAsync(node));
    }

    /// <summary>Offers a credential to a member's wallet: {id, link, txCode, …}.</summary>
    public static Task<JsonElement> OfferAsync(TestMember member, object request)
    {
        ArgumentNullException.ThrowIfNull(member);
        return PostAsync(member.Client, "/api/credential-offers", request);
    }

    /// <summary>Posts JSON and answers the JSON that came back.</summary>
    /// <exception cref="HttpRequestException">The answer was no success; the message has its text.</exception>
    public static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        ArgumentNullException.ThrowIfNull(client);
        using var response = await client.PostAsJsonAsync(path, body);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonElement.Parse(text)
            : throw new HttpRequestException($"{path}: {(int)response.StatusCode} {text}", inner: null, response.StatusCode);
    }

    /// <summary>Lets the other co-op's members in as guests.</summary>
    public Task<JsonElement> TrustAsync(ExchangeNode other, string label)
    {
        ArgumentNullException.ThrowIfNull(other);
        return PostAsync(Admin.Client, "/api/trusted-issuers", new { did = other.Did, label });
    }

    public ValueTask DisposeAsync()
    {
        Admin.Dispose();
        return Node.DisposeAsync();
    }

    // Somebody else may take it in between; then the node does not start, and the test says so.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
