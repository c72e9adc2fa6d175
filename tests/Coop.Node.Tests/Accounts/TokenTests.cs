using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Coop.Node.Features.Accounts;
using Coop.Node.Hosting;
using Coop.Node.Http;
using Coop.Node.Tests.Http;
using Coop.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Coop.Node.Tests.Accounts;

public sealed class TokenTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Token_IsCheckedByThePublishedKeySet()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        var parts = (await admin.Session.IssueTokenAsync()).Split('.');
        var header = Decode(parts[0]);
        var claims = Decode(parts[1]);

        var set = JsonElement.Parse(await node.Client.GetStringAsync("/.well-known/jwks.json", Ct));

        var jwk = Assert.Single(set.GetProperty("keys").EnumerateArray());
        Assert.Equal(header["kid"]!.GetValue<string>(), jwk.GetProperty("kid").GetString());
        Assert.False(jwk.TryGetProperty("d", out _));
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new()
            {
                X = Base64Url.DecodeFromChars(jwk.GetProperty("x").GetString()),
                Y = Base64Url.DecodeFromChars(jwk.GetProperty("y").GetString()),
            },
        });
        Assert.True(key.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256));
        Assert.Equal("ES256", header["alg"]!.GetValue<string>());
        Assert.Equal("at+jwt", header["typ"]!.GetValue<string>());
        Assert.Equal("http://localhost:5080", claims["iss"]!.GetValue<string>());
        Assert.Equal("http://localhost:5080", claims["aud"]!.GetValue<string>());
        Assert.Equal(admin.Id.ToString(), claims["sub"]!.GetValue<string>());
        Assert.Equal(admin.Actor, claims["coop_actor"]!.GetValue<string>());
        Assert.Equal(600, claims["exp"]!.GetValue<long>() - claims["iat"]!.GetValue<long>());
    }

    [Fact]
    public async Task Token_Ends_AfterTenMinutes_ThoughItWasSeenBefore()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2030, 5, 1, 12, 0, 0, TimeSpan.Zero));
        await using var node = await TestNode.StartAsync(time: time);
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        var token = await admin.Session.IssueTokenAsync();

        time.Advance(Tokens.Lifetime - TimeSpan.FromSeconds(1));
        using (var before = await SendAsync(node, token))
        {
            before.EnsureSuccessStatusCode();
        }

        time.Advance(TimeSpan.FromSeconds(1));
        using var after = await SendAsync(node, token);
        await Refused.WithAsync(ProblemTypes.InvalidToken, after);
        using var again = await SendAsync(node, token);
        await Refused.WithAsync(ProblemTypes.InvalidToken, again);
    }

    [Fact]
    public async Task Token_IsRefused_WhenForged()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        var token = await admin.Session.IssueTokenAsync();
        using (var good = await SendAsync(node, token))
        {
            good.EnsureSuccessStatusCode();
        }

        foreach (var forged in Forgeries(node, token))
        {
            using var response = await SendAsync(node, forged);
            await Refused.WithAsync(ProblemTypes.InvalidToken, response);
            Assert.Contains("Bearer", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Token_IsRefused_WhenItsMemberIsNone()
    {
        await using var node = await TestNode.StartAsync();
        var nobody = new Member(Guid.CreateVersion7(DateTimeOffset.UnixEpoch), "Nobody", new string('A', 22), default, ["admin", "member"]);

        using var response = await SendAsync(node, node.Services.GetRequiredService<Tokens>().Issue(nobody));

        await Refused.WithAsync(ProblemTypes.InvalidToken, response);
    }

    [Fact]
    public async Task Token_DoesNotMakeAnother()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");

        using var response = await admin.Client.PostAsync("/api/tokens", content, Ct);

        await Refused.WithAsync(ProblemTypes.NotSignedIn, response);
    }

    [Fact]
    public async Task AnyOtherAuthorization_IsRefused()
    {
        await using var node = await TestNode.StartAsync();
        foreach (var value in new[] { "Bearer", "Bearer x", "Bearer a.b.c", "Bearer a.b.c.d.e", "Basic YTpi", "\"" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/me");
            request.Headers.TryAddWithoutValidation("Authorization", value);
            using var response = await node.Client.SendAsync(request, Ct);
            Assert.Equal(401, (int)response.StatusCode);
            await Refused.ProblemOfAsync(response);
        }
    }

    private static IEnumerable<string> Forgeries(TestNode node, string token)
    {
        var options = node.Services.GetRequiredService<NodeOptions>();
        var own = node.Services.GetRequiredService<TokenKey>();
        var parts = token.Split('.');
        var (header, claims) = (Decode(parts[0]), Decode(parts[1]));
        using var ownKey = Coop.Identity.Keys.KeyFiles.Tokens(options.KeyFolder);
        using var otherKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        // One character of each part; the last of a signature may carry unused bits, so the first.
        yield return $"{parts[0]}.{parts[1]}.{(parts[2][0] == 'A' ? 'B' : 'A')}{parts[2][1..]}";
        yield return $"{parts[0]}.{Encode(With(claims, "sub", Guid.Empty.ToString()))}.{parts[2]}";
        yield return $"{Encode(With(header, "kid", "other"))}.{parts[1]}.{parts[2]}";
        yield return $"{parts[0]}.{parts[1]}.";
        yield return $"{Encode(With(header, "alg", "none"))}.{parts[1]}.";
        yield return Sign(header, claims, otherKey);

        // HMAC with the public key as its secret.
        var point = own.PublicPoint();
        byte[] secret = [.. point.X!, .. point.Y!];
        var hs = $"{Encode(With(header, "alg", "HS256"))}.{parts[1]}";
        yield return $"{hs}.{Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(hs)))}";

        // Signed by the very key, yet not a token for this: another issuer, audience, type, or no end.
        yield return Sign(header, With(claims, "iss", "http://evil.example"), ownKey);
        yield return Sign(header, With(claims, "aud", "http://evil.example"), ownKey);
        yield return Sign(With(header, "typ", "JWT"), claims, ownKey);
        yield return Sign(header, Without(claims, "exp"), ownKey);
        yield return Sign(header, Without(claims, "sub"), ownKey);
        yield return Sign(header, With(claims, "nbf", claims["iat"]!.GetValue<long>() + 300), ownKey);
    }

    private static string Sign(JsonObject header, JsonObject claims, ECDsa key)
    {
        var signed = $"{Encode(header)}.{Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    private static JsonObject With(JsonObject o, string name, JsonNode value)
    {
        var copy = o.DeepClone().AsObject();
        copy[name] = value;
        return copy;
    }

    private static JsonObject Without(JsonObject o, string name)
    {
        var copy = o.DeepClone().AsObject();
        copy.Remove(name);
        return copy;
    }

    private static JsonObject Decode(string part) =>
        JsonNode.Parse(Base64Url.DecodeFromChars(part))!.AsObject();

    private static string Encode(JsonObject part) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));

    private static async Task<HttpResponseMessage> SendAsync(TestNode node, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/me");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await node.Client.SendAsync(request, Ct);
    }
}
