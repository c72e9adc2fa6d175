using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Coop.Identity.Keys;
using Coop.Node.Tests.Identity;
using Coop.Testing;

namespace Coop.Node.Tests.Exchange;

/// <summary>What a real node issued, before the command line's <c>verify</c>: with the network, and with files alone.</summary>
public sealed class VerifyIssuedTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coop-verify-issued-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("dc+sd-jwt")]
    [InlineData("ldp_vc")]
    [InlineData("vc+jwt")]
    [InlineData("jwt_vc_json")]
    public async Task ValidUntilRevoked_AndUnknownWhenTheNodeIsGone(string format)
    {
        string file, log;
        string[] lists;
        await using (var acorn = await ExchangeNode.StartAsync("Acorn"))
        {
            using var key = Ed25519Key.Generate();
            using var wallet = new TestWallet(key);
            var offer = await ExchangeNode.OfferAsync(acorn.Admin, new { type = "membership" });
            var credential = await wallet.AcceptAsync(
                offer.GetProperty("link").GetString()!, offer.GetProperty("txCode").GetString()!, format);
            file = Write("credential", credential);

            var valid = await VerifyRun.RunAsync([file, "--allow-local", "--issuer", acorn.Did]);
            Assert.True(valid is { ExitCode: 0, Verdict: "valid" }, valid.Output);
            Assert.Equal(("ok", "ok", "ok"), (valid.Code("proof"), valid.Code("status"), valid.Code("schema")));
            var refused = await VerifyRun.RunAsync([file]);
            Assert.Equal((2, "unknown"), (refused.ExitCode, refused.Verdict));

            (log, lists) = await KeepAsync(acorn, credential, format);
            var offline = await VerifyRun.RunAsync([file, "--offline", "--did-log", log, .. lists]);
            Assert.True(offline is { ExitCode: 0, Verdict: "valid" }, offline.Output);

            var mine = await acorn.Admin.Client.GetFromJsonAsync<JsonElement>("/api/me/credentials", Ct);
            var id = Assert.Single(mine.GetProperty("items").EnumerateArray()).GetProperty("id").GetGuid();
            (await acorn.Admin.Client.DeleteAsync($"/api/credentials/{id:D}", Ct)).EnsureSuccessStatusCode();
            var revoked = await VerifyRun.RunAsync([file, "--allow-local"]);
            Assert.Equal((1, "status-revoked"), (revoked.ExitCode, revoked.Code("status")));
        }

        var gone = await VerifyRun.RunAsync([file, "--allow-local", "--did-log", log]);
        Assert.Equal((2, "unknown", "status-unreachable"), (gone.ExitCode, gone.Verdict, gone.Code("status")));
    }

    /// <summary>What a careful person keeps: the issuer's history and the status lists.</summary>
    private async Task<(string Log, string[] Lists)> KeepAsync(ExchangeNode node, string credential, string format)
    {
        using var http = new HttpClient { BaseAddress = node.Node.Address };
        var log = Write("did.jsonl", await http.GetStringAsync(new Uri("/.well-known/did.jsonl", UriKind.Relative), Ct));
        var lists = new List<string>();
        foreach (var uri in ListsOf(credential, format))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, uri);
            request.Headers.Accept.ParseAdd(format == "dc+sd-jwt" ? "application/statuslist+jwt" : "application/vc+jwt");
            using var answer = await http.SendAsync(request, Ct);
            answer.EnsureSuccessStatusCode();
            lists.AddRange("--status-list", Write($"list{lists.Count}", await answer.Content.ReadAsStringAsync(Ct)));
        }

        return (log, [.. lists]);
    }

    private static IEnumerable<string> ListsOf(string credential, string format)
    {
        var json = credential.StartsWith('{')
            ? JsonNode.Parse(credential)!
            : JsonNode.Parse(Base64Url.Decode(credential.Split('.')[1]))!;
        return format == "dc+sd-jwt"
            ? [json["status"]!["status_list"]!["uri"]!.GetValue<string>()]
            : (json["vc"] ?? json)["credentialStatus"]!.AsArray().Select(s => s!["statusListCredential"]!.GetValue<string>());
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
