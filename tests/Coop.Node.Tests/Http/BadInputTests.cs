using System.Net.Http.Headers;
using System.Text;
using Coop.Node.Http;
using Coop.Testing;
using Npgsql;

namespace Coop.Node.Tests.Http;

/// <summary>Every endpoint that reads JSON, with every kind of JSON that it must not take.</summary>
public sealed class BadInputTests
{
    private static readonly string TooDeep = new('[', 40);

    [Fact]
    public async Task EveryJsonEndpoint_RefusesWhatIsNotItsJson_AndLogsNothing()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        await admin.Client.GetStringAsync("/api/me", TestContext.Current.CancellationToken);
        var eventsBefore = await CountEventsAsync(node);
        foreach (var (method, endpoint) in Endpoints.Of(node))
        {
            if (Endpoints.BodyOf(endpoint) is { } type)
            {
                await RefusesAllAsync(admin, new(method, Endpoints.AddressOf(endpoint), Endpoints.MaxBodyBytesOf(endpoint)), JsonBody.Of(type));
            }
        }

        Assert.Equal(eventsBefore, await CountEventsAsync(node));
    }

    [Fact]
    public async Task JsonEndpoints_AreThere()
    {
        await using var node = await TestNode.StartAsync();
        Assert.True(Endpoints.Of(node).Count(e => Endpoints.BodyOf(e.Endpoint) is not null) > 5);
    }

    private static async Task RefusesAllAsync(TestMember admin, Target target, JsonBody body)
    {
        foreach (var bad in BadBodies(body))
        {
            using var response = await SendAsync(admin, target, new StringContent(bad.Text, Encoding.UTF8, "application/json"));
            var problem = await Refused.WithAsync(bad.Type, response);
            if (bad.Names is not null)
            {
                Assert.Contains(bad.Names, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
            }
        }

        await RefusesOtherMediaAsync(admin, target, body);
        foreach (var text in body.WithEachText("a\\u0000b"))
        {
            // Well-formed JSON: whichever way the endpoint refuses it, it must not fail.
            using var response = await SendAsync(admin, target, new StringContent(text, Encoding.UTF8, "application/json"));
            await Refused.ProblemOfAsync(response);
            Assert.InRange((int)response.StatusCode, 400, 499);
        }
    }

    private static IEnumerable<(string Text, ProblemType Type, string? Names)> BadBodies(JsonBody body)
    {
        var malformed = ProblemTypes.MalformedJson;
        yield return ("{", malformed, null);
        yield return ("", malformed, null);
        yield return ("null", malformed, null);
        yield return ("[]", malformed, null);
        yield return ("\"text\"", malformed, null);
        yield return ("{} {}", malformed, null);
        yield return ("{'a':1}", malformed, null);
        yield return ("{/* comment */}", malformed, null);
        yield return ("""{"surprise":1}""", malformed, "surprise");
        foreach (var text in body.WithEachTwice().Concat(body.WithEachOfWrongType()).Concat(body.WithEachNull()))
        {
            yield return (text, malformed, null);
        }

        foreach (var text in body.WithEach(TooDeep + new string(']', TooDeep.Length)))
        {
            yield return (text, malformed, null);
        }

        foreach (var text in body.WithEachText("\\ud800"))
        {
            yield return (text, malformed, null);
        }
    }

    private static async Task RefusesOtherMediaAsync(TestMember admin, Target target, JsonBody body)
    {
        var plain = new StringContent(body.Text, Encoding.UTF8, "text/plain");
        using (var response = await SendAsync(admin, target, plain))
        {
            await Refused.WithAsync(ProblemTypes.UnsupportedMediaType, response);
        }

        var latin = new ByteArrayContent([(byte)'"', 0xFF, 0xFE, (byte)'"']);
        latin.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using (var response = await SendAsync(admin, target, latin))
        {
            await Refused.WithAsync(ProblemTypes.MalformedJson, response);
        }

        using (var response = await SendTooLargeAsync(admin, target, new string(' ', target.MaxBodyBytes) + body.Text))
        {
            await Refused.WithAsync(ProblemTypes.BodyTooLarge, response);
        }
    }

    // The node answers by the length alone and closes. Whoever sends on meanwhile may find the connection broken before
    // the answer is read; so this client asks first, and asks again when it was too slow to wait.
    private static async Task<HttpResponseMessage> SendTooLargeAsync(TestMember admin, Target target, string text)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var content = new StringContent(text, Encoding.UTF8, "application/json");
                return await SendAsync(admin, target, content, asksFirst: true);
            }
            catch (HttpRequestException) when (attempt < 10)
            {
            }
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(
        TestMember admin, Target target, HttpContent content, bool asksFirst = false)
    {
        using var request = new HttpRequestMessage(new HttpMethod(target.Method), target.Address);
        request.Headers.ExpectContinue = asksFirst;
        request.Content = content;
        request.Headers.Add("X-Idempotency-Key", "bad-input");
        // POST /api/tokens takes the session alone.
        var client = target.Address == "/api/tokens" ? admin.Session.Http : admin.Client;
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<long> CountEventsAsync(TestNode node)
    {
        await using var connection = new NpgsqlConnection(node.Database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("SELECT count(*) FROM event_payloads", connection);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private sealed record Target(string Method, string Address, int MaxBodyBytes);
}
