using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Coop.Identity.Dids;
using Coop.Identity.Keys;
using Coop.Testing;

namespace Coop.Node.Tests.Dids;

/// <summary>A member's wallet as a test holds it: a did:key, and the answers to challenges.</summary>
internal sealed class Wallet(ISigningKey key)
{
    public string Did { get; } = DidKey.Create(key.Public);

    public string KeyId { get; } = DidKey.MethodId(key.Public);

    public static Wallet New() => new(Ed25519Key.Generate());

    /// <summary>Links this wallet's DID; what the node answers.</summary>
    public async Task<HttpResponseMessage> LinkAsync(
        TestMember member, CancellationToken ct, Guid? replaces = null, Func<JsonObject, JsonObject, string>? sign = null)
    {
        var challenge = await ChallengeAsync(member, Did, ct);
        return await SendAsync(member, challenge, (sign ?? Sign)(Header(), Claims(challenge)), "passkey", replaces, ct);
    }

    public static async Task<JsonElement> ChallengeAsync(TestMember member, string did, CancellationToken ct)
    {
        using var response = await member.Client.PostAsJsonAsync("/api/me/dids/challenges", new { did }, ct);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>(ct);
    }

    public static Task<HttpResponseMessage> SendAsync(
        TestMember member, JsonElement challenge, string proof, string kind, Guid? replaces, CancellationToken ct) =>
        member.Client.PostAsJsonAsync(
            "/api/me/dids",
            new { challenge = challenge.GetProperty("challenge").GetString(), proof, kind, name = "Test", replaces },
            ct);

    public JsonObject Header() => new() { ["alg"] = key.Public.JwsAlgorithm, ["typ"] = "coop-did-proof+jwt", ["kid"] = KeyId };

    public JsonObject Claims(JsonElement challenge) => new()
    {
        ["iss"] = Did,
        ["aud"] = challenge.GetProperty("audience").GetString(),
        ["sub"] = challenge.GetProperty("subject").GetString(),
        ["nonce"] = challenge.GetProperty("nonce").GetString(),
        ["iat"] = 1,
    };

    public string Sign(JsonObject header, JsonObject claims)
    {
        var input = $"{Encode(header)}.{Encode(claims)}";
        return $"{input}.{Base64Url.Encode(key.Sign(Encoding.ASCII.GetBytes(input)))}";
    }

    public static string Encode(JsonObject json) => Base64Url.Encode(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
