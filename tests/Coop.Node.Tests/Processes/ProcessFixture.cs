using System.Net.Http.Json;
using System.Text.Json;
using Coop.Node.Database.Embedded;
using Coop.Node.Tests.Database.Embedded;
using Coop.Testing;

namespace Coop.Node.Tests.Processes;

/// <summary>A data folder for processes that are killed, and what is asked of it afterwards.</summary>
internal sealed class ProcessFixture : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("coop-process-");

    public string Data => Path.Combine(_home.FullName, "data");

    /// <summary>The auditor's memory: it would notice another history.</summary>
    public string AuditState => Path.Combine(_home.FullName, "audited.json");

    public string Home => _home.FullName;

    public ServerFolder Server => new(Path.Combine(Data, "postgres"));

    public void Dispose()
    {
        // A node that was killed at the test's end leaves a server that is just stopping.
        while (ServerProcesses.On(Server).Count > 0)
        {
            Thread.Sleep(50);
        }

        _home.Delete(recursive: true);
    }

    /// <summary>Returns when no process has to do with the database any more.</summary>
    public async Task NoDatabaseProcessRemainsAsync(CancellationToken ct)
    {
        while (ServerProcesses.On(Server).Count > 0)
        {
            await Task.Delay(50, ct);
        }
    }

    public static async Task<PasskeySession> EnrolAsync(NodeProcess node, CancellationToken ct)
    {
        var session = new PasskeySession(node.Address);
        await session.RegisterAsync(await node.EnrolmentLinkAsync(ct), "Alex Admin");
        return session;
    }

    /// <summary>Drafts a proposal; the id of its event, or null when the node went away.</summary>
    public static async Task<Guid?> TryDraftAsync(HttpClient http, string title, CancellationToken ct)
    {
        try
        {
            using var response = await http.PostAsJsonAsync("/api/proposals", new { title, body = "" }, ct);
            response.EnsureSuccessStatusCode();
            var answer = await response.Content.ReadFromJsonAsync<JsonElement>(ct);
            return answer.GetProperty("eventId").GetGuid();
        }
        catch (HttpRequestException e) when (e.StatusCode is null)
        {
            return null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Audits what the node serves; remembers it for the next time.</summary>
    public async Task AuditAsync(NodeProcess node, CancellationToken ct)
    {
        var audited = await Command.RunAsync(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "Coop.Node.dll"), "audit", node.Address.ToString(),
                "--state", AuditState,
            ],
            ct);
        Assert.True(audited.Succeeded, $"{audited.ExitCode}: {audited.Output}\n{audited.Error}");
    }
}
