using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Coop.Identity.Credentials.Jose;
using Coop.Identity.Dids;
using Coop.Identity.Keys;
using Coop.Node.Http;
using Coop.Node.Tests.Http;
using Coop.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Coop.Node.Tests.Dids;

/// <summary>What a member's node does with requests of others: who asks must be proved before the member sees it.</summary>
public sealed class PresentingElsewhereTests
{
    private static readonly Ed25519Key Key = Ed25519Key.Generate();

    private static readonly string ClientId = "decentralized_identifier:" + DidKey.Create(Key.Public);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ARequest_IsShown_AnsweredOnce_AndRecorded()
    {
        var verifier = new Verifier();
        await using var node = await StartAsync(verifier);
        using var ada = await TestMember.EnrolAdministratorAsync(node);
        verifier.Answer = Sign(Payload(node));
        var asked = await OpenAsync(ada, Link(node));
        Assert.Equal("The Mill", asked.GetProperty("name").GetString());
        Assert.Equal(ClientId["decentralized_identifier:".Length..], asked.GetProperty("verifier").GetString());

        using var sent = await SendAsync(ada, asked);
        Assert.True((await sent.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("accepted").GetBoolean());
        Assert.Equal("the state", verifier.Form["state"]);
        Assert.Contains("the presentation", verifier.Form["vp_token"], StringComparison.Ordinal);
        using var again = await SendAsync(ada, asked);
        await Refused.WithAsync(ProblemTypes.CeremonyInvalid, again);

        using var ben = await ada.InviteAsync(node, "Ben");
        using var stolen = await SendAsync(ben, await OpenAsync(ada, Link(node)));
        await Refused.WithAsync(ProblemTypes.CeremonyInvalid, stolen);
        var list = await ada.Client.GetFromJsonAsync<JsonElement>("/api/me/presentations", Ct);
        var item = Assert.Single(list.GetProperty("items").EnumerateArray());
        Assert.True(item.GetProperty("accepted").GetBoolean());
        Assert.Equal("memberSince", Assert.Single(item.GetProperty("disclosed").EnumerateArray()).GetString());
        Assert.Empty((await ben.Client.GetFromJsonAsync<JsonElement>("/api/me/presentations", Ct)).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task RequestsThatProveNothing_AreRefused()
    {
        var verifier = new Verifier();
        await using var node = await StartAsync(verifier);
        using var ada = await TestMember.EnrolAdministratorAsync(node);
        var stranger = Ed25519Key.Generate();
        string[] bad =
        [
            "",
            "not a request",
            new('a', 100_000),
            CompactJws.Sign(new JsonObject { ["typ"] = "JWT", ["kid"] = DidKey.MethodId(Key.Public) }, Payload(node), Key),
            CompactJws.Sign(Header(DidKey.MethodId(Key.Public)), Payload(node), stranger),
            CompactJws.Sign(Header(DidKey.MethodId(stranger.Public)), Payload(node), stranger),
            CompactJws.Sign(new JsonObject { ["typ"] = "oauth-authz-req+jwt" }, Payload(node), Key),
            Sign(With(Payload(node), "client_id", "decentralized_identifier:did:key:z6Mk")),
            Sign(With(Payload(node), "response_type", "code")),
            Sign(With(Payload(node), "response_mode", "fragment")),
            Sign(With(Payload(node), "response_uri", "not an address")),
            Sign(With(Payload(node), "nonce", null)),
            Sign(With(Payload(node), "dcql_query", "text")),
            Sign(With(Payload(node), "exp", 1)),
        ];
        foreach (var answer in bad)
        {
            verifier.Answer = answer;
            using var response = await ada.Client.PostAsJsonAsync("/api/me/presentations/requests", new { link = Link(node) }, Ct);
            await Refused.WithAsync(ProblemTypes.RequestRefused, response);
        }

        foreach (var link in new[] { "hello", "openid4vp://?client_id=x", "openid4vp://?client_id=x&request_uri=ftp://a/b" })
        {
            using var response = await ada.Client.PostAsJsonAsync("/api/me/presentations/requests", new { link }, Ct);
            await Refused.WithAsync(ProblemTypes.RequestRefused, response);
        }
    }

    [Fact]
    public async Task PrivateAddresses_AreNotAsked_UnlessAllowed()
    {
        await using var node = await TestNode.StartAsync();
        using var ada = await TestMember.EnrolAdministratorAsync(node);
        foreach (var address in new[] { "http://localhost:1/r", "https://127.0.0.1/r", "https://169.254.169.254/latest" })
        {
            var link = $"openid4vp://?client_id={Uri.EscapeDataString(ClientId)}&request_uri={Uri.EscapeDataString(address)}";
            using var response = await ada.Client.PostAsJsonAsync("/api/me/presentations/requests", new { link }, Ct);
            await Refused.WithAsync(ProblemTypes.RequestRefused, response);
        }
    }

    private static Task<TestNode> StartAsync(Verifier verifier) => TestNode.StartAsync(
        b => b.Services.AddSingleton<IStartupFilter>(verifier), arguments: ["--COOP_ALLOW_LOCAL_FETCHES=true"]);

    private static string Link(TestNode node) =>
        $"openid4vp://?client_id={Uri.EscapeDataString(ClientId)}&request_uri={Uri.EscapeDataString(new Uri(node.Address, "/verifier/request").ToString())}";

    private static JsonObject Header(string keyId) => new() { ["typ"] = "oauth-authz-req+jwt", ["kid"] = keyId };

    private static string Sign(JsonObject payload) => CompactJws.Sign(Header(DidKey.MethodId(Key.Public)), payload, Key);

    private static JsonObject Payload(TestNode node) => new()
    {
        ["client_id"] = ClientId,
        ["response_type"] = "vp_token",
        ["response_mode"] = "direct_post",
        ["response_uri"] = new Uri(node.Address, "/verifier/response").ToString(),
        ["nonce"] = "the nonce",
        ["state"] = "the state",
        ["dcql_query"] = new JsonObject(),
        ["client_metadata"] = new JsonObject { ["client_name"] = "The Mill" },
    };

    private static JsonObject With(JsonObject json, string name, JsonNode? value)
    {
        json[name] = value;
        return json;
    }

    private static async Task<JsonElement> OpenAsync(TestMember member, string link)
    {
        using var response = await member.Client.PostAsJsonAsync("/api/me/presentations/requests", new { link }, Ct);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Ct));
        return await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    private static Task<HttpResponseMessage> SendAsync(TestMember member, JsonElement asked) => member.Client.PostAsJsonAsync(
        "/api/me/presentations",
        new
        {
            ask = asked.GetProperty("ask").GetString(),
            vpToken = new { query = new[] { "the presentation" } },
            disclosed = new[] { "memberSince" },
        },
        Ct);

    /// <summary>A verifier of somebody else's, on the same server.</summary>
    private sealed class Verifier : IStartupFilter
    {
        public string Answer { get; set; } = "";

        public Dictionary<string, string> Form { get; private set; } = [];

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Map("/verifier/request", branch => branch.Run(http => http.Response.WriteAsync(Answer)));
            app.Map("/verifier/response", branch => branch.Run(async http =>
            {
                var form = await http.Request.ReadFormAsync();
                Form = form.ToDictionary(f => f.Key, f => f.Value.ToString());
            }));
            next(app);
        };
    }
}
