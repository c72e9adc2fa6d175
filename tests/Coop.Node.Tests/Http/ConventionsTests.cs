using System.Net;
using System.Net.Http.Json;
using System.Text;
using Coop.Node.Http;
using Coop.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Coop.Node.Tests.Http;

/// <summary>What holds for every address of the node.</summary>
public sealed class ConventionsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Addresses_ThatAreNone_AreProblems()
    {
        await using var node = await TestNode.StartAsync();
        (string Method, string Path, ProblemType Type)[] cases =
        [
            ("GET", "/api", ProblemTypes.NotFound),
            ("GET", "/api/nothing", ProblemTypes.NotFound),
            ("GET", "/api/invitations/not-a-uuid", ProblemTypes.MethodNotAllowed),
            ("DELETE", "/api/invitations/not-a-uuid", ProblemTypes.NotFound),
            ("GET", "/api/tokens", ProblemTypes.MethodNotAllowed),
            ("DELETE", "/api/me", ProblemTypes.MethodNotAllowed),
            ("PATCH", "/api/invitations", ProblemTypes.MethodNotAllowed),
        ];
        foreach (var (method, path, type) in cases)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            // Whatever a caller says it wants to read, a refusal is a problem.
            request.Headers.TryAddWithoutValidation("Accept", "text/html");
            using var response = await node.Client.SendAsync(request, Ct);
            await Refused.WithAsync(type, response);
        }
    }

    [Fact]
    public async Task Answers_CarrySecurityHeaders_RefusalsToo()
    {
        await using var node = await TestNode.StartAsync(arguments: ["--COOP_PUBLIC_URL=https://acorn.example"]);
        foreach (var path in new[] { "/.well-known/jwks.json", "/api/me", "/api/nothing" })
        {
            using var response = await node.Client.GetAsync(path, Ct);
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
            Assert.Contains("frame-ancestors 'none'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.True(response.Headers.Contains("Strict-Transport-Security"));
            Assert.False(response.Headers.Contains("Server"));
        }

        using var api = await node.Client.GetAsync("/api/me", Ct);
        Assert.True(api.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task Failures_TellNothingOfTheirCause()
    {
        await using var node = await TestNode.StartAsync(builder =>
            builder.Services.AddSingleton<IStartupFilter>(new FailingAddress("/api/fails")));
        using var response = await node.Client.GetAsync("/api/fails", Ct);
        var problem = await Refused.WithAsync(ProblemTypes.Internal, response);
        Assert.False(problem.TryGetProperty("detail", out _));
    }

    [Fact]
    public async Task Bodies_AreBounded_ThoughTheirLengthIsNotSaid()
    {
        await using var node = await TestNode.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/invitations/preview");
        request.Content = new StringContent($$"""{"token":"{{new string('A', HttpSetup.MaxBodyBytes)}}"}""", Encoding.UTF8, "application/json");
        request.Headers.TransferEncodingChunked = true;
        using var response = await node.Client.SendAsync(request, Ct);
        await Refused.WithAsync(ProblemTypes.BodyTooLarge, response);
    }

    [Fact]
    public async Task AnonymousCeremonies_AreLimited()
    {
        const int PerMinute = 3;
        await using var node = await TestNode.StartAsync(arguments: [$"--COOP_CEREMONIES_PER_MINUTE={PerMinute}"]);
        var limited = 0;
        for (var i = 0; i < 50 && limited == 0; i++)
        {
            using var response = await node.Client.PostAsJsonAsync("/api/passkeys/assertion/options", new { }, Ct);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                limited++;
                await Refused.WithAsync(ProblemTypes.TooManyRequests, response);
                Assert.InRange(response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
            }
            else
            {
                Assert.True(response.IsSuccessStatusCode);
            }
        }

        Assert.Equal(1, limited);
        // What needs a session is not counted.
        using var me = await node.Client.GetAsync("/api/me", Ct);
        await Refused.WithAsync(ProblemTypes.NotSignedIn, me);
    }

    /// <summary>An address that fails as a bug would, behind everything that the node puts before one.</summary>
    private sealed class FailingAddress(string path) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            next(app);
            app.Map(path, branch => branch.Run(_ => throw new InvalidOperationException("SELECT secret FROM somewhere")));
        };
    }
}
