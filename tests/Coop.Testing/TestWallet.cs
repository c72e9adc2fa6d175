using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Coop.Identity.Credentials;
using Coop.Identity.Credentials.Jose;
using Coop.Identity.Credentials.SdJwt;
using Coop.Identity.Dids;
using Coop.Identity.Keys;
using Coop.Identity.Presentations;

namespace Coop.Testing;

/// <summary>
/// A wallet of somebody's own: fetches credentials by OpenID4VCI and presents them by OpenID4VP, over the
/// network alone. What it sends can be bent, to see it refused.
/// </summary>
/// <param name="key">The holder's key; in the credentials as did:key.</param>
/// <param name="time">The wallet's clock.</param>
public sealed class TestWallet(ISigningKey key, TimeProvider? time = null) : IDisposable
{
    private const string Grant = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false });

    public string Did { get; } = DidKey.Create(key.Public);

    public IssuerKey Holder { get; } = IssuerKey.OfDidKey(key);

    /// <summary>The parameter of a link such as <c>openid4vp://?request_uri=…</c>.</summary>
    public static string Parameter(string link, string name)
    {
        ArgumentNullException.ThrowIfNull(link);
        var query = link[(link.IndexOf('?', StringComparison.Ordinal) + 1)..];
        return query.Split('&').Select(p => p.Split('=', 2)).Where(p => p[0] == name)
            .Select(p => Uri.UnescapeDataString(p[1])).Single();
    }

    /// <summary>The offer of a link by reference.</summary>
    public async Task<JsonObject> ReadOfferAsync(string link) =>
        (await Http.GetFromJsonAsync<JsonObject>(Parameter(link, "credential_offer_uri")))!;

    /// <summary>Redeems an offer's code; the answer as it came.</summary>
    public Task<HttpResponseMessage> RedeemAsync(JsonObject offer, string? txCode)
    {
        ArgumentNullException.ThrowIfNull(offer);
        Dictionary<string, string> form = new()
        {
            ["grant_type"] = Grant,
            ["pre-authorized_code"] = offer["grants"]![Grant]!["pre-authorized_code"]!.GetValue<string>(),
        };
        if (txCode is not null)
        {
            form["tx_code"] = txCode;
        }

        return PostFormAsync($"{offer["credential_issuer"]}/openid4vci/token", form);
    }

    public async Task<string> NonceAsync(string issuer)
    {
        using var response = await Http.PostAsync(new Uri($"{issuer}/openid4vci/nonce"), content: null);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!["c_nonce"]!.GetValue<string>();
    }

    /// <summary>A proof of possession by a key.</summary>
    public string Prove(ISigningKey by, string issuer, string nonce, bool asJwk = false)
    {
        ArgumentNullException.ThrowIfNull(by);
        var header = new JsonObject { ["typ"] = "openid4vci-proof+jwt" };
        header[asJwk ? "jwk" : "kid"] = asJwk ? by.Public.ToJwk() : DidKey.MethodId(by.Public);
        var payload = new JsonObject
        {
            ["aud"] = issuer, ["iat"] = _time.GetUtcNow().ToUnixTimeSeconds(), ["nonce"] = nonce,
        };
        return CompactJws.Sign(header, payload, by);
    }

    /// <summary>Asks for a configuration with these proofs; the answer as it came.</summary>
    public async Task<HttpResponseMessage> RequestAsync(
        string issuer, string accessToken, string configuration, params string[] proofs)
    {
        ArgumentNullException.ThrowIfNull(proofs);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{issuer}/openid4vci/credential");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        request.Content = JsonContent.Create(new JsonObject
        {
            ["credential_configuration_id"] = configuration,
            ["proofs"] = new JsonObject { ["jwt"] = new JsonArray([.. proofs.Select(p => JsonValue.Create(p))]) },
        });
        return await Http.SendAsync(request);
    }

    /// <summary>The whole of it: from the offer's link to the credential, in one format.</summary>
    public async Task<string> AcceptAsync(string link, string txCode, string format)
    {
        var offer = await ReadOfferAsync(link);
        var issuer = offer["credential_issuer"]!.GetValue<string>();
        using var redeemed = await RedeemAsync(offer, txCode);
        redeemed.EnsureSuccessStatusCode();
        var token = (await redeemed.Content.ReadFromJsonAsync<JsonObject>())!["access_token"]!.GetValue<string>();
        var configuration = offer["credential_configuration_ids"]!.AsArray()
            .Select(i => i!.GetValue<string>()).Single(i => i.EndsWith("_" + format, StringComparison.Ordinal));
        using var response = await RequestAsync(
            issuer, token, configuration, Prove(Holder.Key, issuer, await NonceAsync(issuer)));
        response.EnsureSuccessStatusCode();
        return TextOf((await response.Content.ReadFromJsonAsync<JsonObject>())!["credentials"]![0]!["credential"]!);
    }

    /// <summary>A credential as text, whether it came as such or as JSON.</summary>
    public static string TextOf(JsonNode credential) =>
        credential is JsonValue value ? value.GetValue<string>() : credential!.ToJsonString();

    /// <summary>The claims of the signed request that a link leads to; its signature is checked by the DID that it names.</summary>
    public async Task<JsonObject> ReadRequestAsync(string link, IDidResolver resolver)
    {
        ArgumentNullException.ThrowIfNull(resolver);
        var jws = CompactJws.Parse(await Http.GetStringAsync(Parameter(link, "request_uri")));
        var did = Parameter(link, "client_id")["decentralized_identifier:".Length..];
        var resolution = await resolver.ResolveAsync(DidUrl.Parse(did), CancellationToken.None);
        var method = resolution.Document?.Find(jws.KeyId!, VerificationPurpose.Authentication)
            ?? throw new InvalidOperationException($"No key {jws.KeyId}: {resolution.Error} {resolution.Detail}");
        jws.Verify(method.Key);
        return jws.Payload["client_id"]!.GetValue<string>() == Parameter(link, "client_id")
            ? jws.Payload
            : throw new InvalidOperationException("The request is by somebody else than the link says.");
    }

    /// <summary>A presentation of one credential for whoever asks.</summary>
    public string Present(string credential, string format, string audience, string nonce)
    {
        var options = new PresentationOptions(audience, nonce, _time.GetUtcNow());
        return format switch
        {
            "dc+sd-jwt" => KeyBinding.Present(
                SdJwtText.Parse(credential).Select(new HashSet<string> { "coop", "memberId", "memberSince", "memberName" }),
                Holder.Key, audience, nonce, options.Now),
            "ldp_vc" => PresentationWriter.DataIntegrity([credential], Holder, options),
            "vc+jwt" => PresentationWriter.Jwt20([credential], Holder, options),
            _ => PresentationWriter.Jwt11([credential], Holder, options),
        };
    }

    /// <summary>Answers a request; the answer to that as it came.</summary>
    public Task<HttpResponseMessage> RespondAsync(JsonObject request, string format, string presentation)
    {
        ArgumentNullException.ThrowIfNull(request);
        var query = request["dcql_query"]!["credentials"]!.AsArray()
            .Single(q => q!["format"]!.GetValue<string>() == format)!["id"]!.GetValue<string>();
        JsonNode item = presentation.StartsWith('{') ? JsonNode.Parse(presentation)! : JsonValue.Create(presentation);
        return PostFormAsync(request["response_uri"]!.GetValue<string>(), new()
        {
            ["vp_token"] = new JsonObject { [query] = new JsonArray(item) }.ToJsonString(),
            ["state"] = request["state"]!.GetValue<string>(),
        });
    }

    public void Dispose() => Http.Dispose();

    // As a page of another origin would: wallets live in browsers too.
    private async Task<HttpResponseMessage> PostFormAsync(string address, Dictionary<string, string> form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Content = new FormUrlEncodedContent(form);
        request.Headers.Add("Origin", "https://wallet.example");
        return await Http.SendAsync(request);
    }
}
