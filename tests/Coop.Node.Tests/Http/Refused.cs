using System.Text.Json;
using Coop.Node.Http;

namespace Coop.Node.Tests.Http;

/// <summary>Asserts about refusals: problem details of a known type, with a trace id, leaking nothing.</summary>
internal static class Refused
{
    private static readonly string[] Leaks =
        ["Npgsql", "SELECT", "INSERT", "UPDATE", "   at ", "Exception", "SqlState", "/tmp/"];

    /// <summary>The answer refuses with exactly this type; returns the problem.</summary>
    public static async Task<JsonElement> WithAsync(ProblemType type, HttpResponseMessage response)
    {
        var problem = await ProblemOfAsync(response);
        Assert.Equal(type.Uri, problem.GetProperty("type").GetString());
        Assert.Equal(type.Status, (int)response.StatusCode);
        Assert.Equal(type.Title, problem.GetProperty("title").GetString());
        return problem;
    }

    /// <summary>The answer refuses with a problem of some documented type.</summary>
    public static async Task<JsonElement> ProblemOfAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var about = $"{response.RequestMessage?.Method} {response.RequestMessage?.RequestUri} → {(int)response.StatusCode} {body}";
        Assert.True(response.Content.Headers.ContentType?.MediaType == "application/problem+json", about);
        var problem = JsonElement.Parse(body);
        var uri = problem.GetProperty("type").GetString();
        Assert.True(ProblemTypes.All.Any(t => t.Uri == uri && t.Status == (int)response.StatusCode), about);
        Assert.Equal((int)response.StatusCode, problem.GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrEmpty(problem.GetProperty("traceId").GetString()), about);
        Assert.DoesNotContain(Leaks, leak => body.Contains(leak, StringComparison.Ordinal));
        return problem;
    }
}
