using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Coop.Identity.Keys;
using Coop.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Coop.Node.Tests.Exchange;

/// <summary>OpenID4VCI: what a wallet may do once, and what it may not do at all.</summary>
public sealed class IssuingTests
{
    private const string Issuer = "http://localhost:5080";
    private const string Configuration = "MembershipCredential_vc+jwt";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metadata_DescribesEveryConfiguration_AndItsOwnEndpoints()
    {
        await using var node = await TestNode.StartAsync();
        var issuer = (await node.Client.GetFromJsonAsync<JsonObject>("/.well-known/openid-credential-issuer", Ct))!;
        var server = (await node.Client.GetFromJsonAsync<JsonObject>("/.well-known/oauth-authorization-server", Ct))!;

        Assert.Equal(Issuer, issuer["credential_issuer"]!.GetValue<string>());
        Assert.Equal(Issuer, server["issuer"]!.GetValue<string>());
        var configurations = issuer["credential_configurations_supported"]!.AsObject();
        Assert.Equal(20, configurations.Count);
        var sdJwt = configurations["MembershipCredential_dc+sd-jwt"]!;
        Assert.Equal("dc+sd-jwt", sdJwt["format"]!.GetValue<string>());
        Assert.Equal("urn:coop:credential:membership:1", sdJwt["vct"]!.GetValue<string>());
        Assert.NotNull(sdJwt["proof_types_supported"]!["jwt"]!["proof_signing_alg_values_supported"]);
        Assert.True(server["pre-authorized_grant_anonymous_access_supported"]!.GetValue<bool>());
    }

    [Fact]
    public async Task OfferByValue_IsTheOneByReference()
    {
        await using var setup = await Setup.StartAsync();
        var offered = await setup.OfferAsync();
        using var wallet = setup.NewWallet();
        var byValue = TestWallet.Parameter(offered.GetProperty("linkByValue").GetString()!, "credential_offer");
        using var byReference = await setup.GetAsync(offered);
        Assert.Equal(byValue, await byReference.Content.ReadAsStringAsync(Ct));
        Assert.Equal("application/json", byReference.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task TransactionCode_HasFiveAttempts_AndACodeIsRedeemedOnce()
    {
        await using var setup = await Setup.StartAsync();
        using var wallet = setup.NewWallet();
        var first = await setup.OfferAsync();
        var offer = await setup.ReadAsync(first);
        Assert.Equal("invalid_request", await ErrorAsync(wallet.RedeemAsync(offer, txCode: null)));
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("invalid_grant", await ErrorAsync(wallet.RedeemAsync(offer, "not it")));
        }

        Assert.Equal("invalid_grant", await ErrorAsync(wallet.RedeemAsync(offer, TxCode(first))));

        var second = await setup.OfferAsync();
        offer = await setup.ReadAsync(second);
        (await wallet.RedeemAsync(offer, TxCode(second))).EnsureSuccessStatusCode();
        Assert.Equal("invalid_grant", await ErrorAsync(wallet.RedeemAsync(offer, TxCode(second))));
        using var gone = await setup.GetAsync(second);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task OffersAndTokens_Expire()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var setup = await Setup.StartAsync(time);
        using var wallet = setup.NewWallet(time);
        var late = await setup.OfferAsync();
        var offer = await setup.ReadAsync(late);
        time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("invalid_grant", await ErrorAsync(wallet.RedeemAsync(offer, TxCode(late))));

        var token = await setup.TokenAsync(wallet);
        time.Advance(TimeSpan.FromMinutes(5));
        var proof = wallet.Prove(wallet.Holder.Key, Issuer, await setup.NonceAsync());
        using var answer = await wallet.RequestAsync(setup.Address, token, Configuration, proof);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("invalid_token", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proofs_AreForThisIssuer_WithItsNonce_Once()
    {
        await using var setup = await Setup.StartAsync();
        using var wallet = setup.NewWallet();
        var token = await setup.TokenAsync(wallet);
        var nonce = await setup.NonceAsync();
        var good = wallet.Prove(wallet.Holder.Key, Issuer, nonce);

        Assert.Equal("invalid_proof", await AskAsync(wallet.Prove(wallet.Holder.Key, "https://elsewhere.example", nonce)));
        Assert.Equal("invalid_nonce", await AskAsync(wallet.Prove(wallet.Holder.Key, Issuer, "made-up")));
        Assert.Equal("invalid_proof", await AskAsync(good[..^4] + "AAAA"));
        Assert.Equal("invalid_proof", await AskAsync(good, good));
        Assert.Equal("invalid_proof", await AskAsync());
        Assert.Equal("unknown_credential_configuration", await AskAsync(good, configuration: "RoleCredential_vc+jwt"));
        Assert.Null(await AskAsync(good));
        Assert.Equal("invalid_nonce", await AskAsync(good, configuration: "MembershipCredential_ldp_vc"));
        Assert.Equal("credential_request_denied", await AskAsync(wallet.Prove(wallet.Holder.Key, Issuer, await setup.NonceAsync())));

        Task<string?> AskAsync(string? proof = null, string? second = null, string configuration = Configuration) =>
            ErrorAsync(wallet.RequestAsync(
                setup.Address, token, configuration, [.. new[] { proof, second }.OfType<string>()]));
    }

    [Fact]
    public async Task Batch_GivesEachKeyItsOwnCredential_AndPlaceInTheList()
    {
        await using var setup = await Setup.StartAsync();
        using var wallet = setup.NewWallet();
        var token = await setup.TokenAsync(wallet);
        var nonce = await setup.NonceAsync();
        using var p256 = P256Key.Generate();
        using var answer = await wallet.RequestAsync(
            setup.Address, token, "MembershipCredential_ldp_vc",
            wallet.Prove(wallet.Holder.Key, Issuer, nonce), wallet.Prove(p256, Issuer, nonce, asJwk: true));
        answer.EnsureSuccessStatusCode();
        Assert.True(answer.Headers.CacheControl!.NoStore);

        var credentials = (await answer.Content.ReadFromJsonAsync<JsonObject>(Ct))!["credentials"]!.AsArray();
        var subjects = credentials.Select(c => c!["credential"]!["credentialSubject"]!["id"]!.GetValue<string>()).ToList();
        Assert.Equal(wallet.Did, subjects[0]);
        Assert.StartsWith("did:jwk:", subjects[1], StringComparison.Ordinal);
        var places = credentials.Select(c => c!["credential"]!["credentialStatus"]![0]!["statusListIndex"]!.GetValue<string>());
        Assert.Equal(2, places.Distinct().Count());
    }

    [Fact]
    public async Task BadBodies_AreRefusedInTheProtocolsWords()
    {
        await using var node = await TestNode.StartAsync();
        (string Path, HttpContent Body, string Error)[] cases =
        [
            ("/openid4vci/token", new StringContent("{}"), "invalid_request"),
            ("/openid4vci/token", JsonContent.Create(new { grant_type = "x" }), "invalid_request"),
            ("/openid4vci/token", Form(("grant_type", "authorization_code")), "unsupported_grant_type"),
            ("/openid4vci/token", Form([("grant_type", Grant), ("grant_type", Grant)]), "invalid_request"),
            ("/openid4vci/token", Form([("grant_type", Grant), ("pre-authorized_code", "a\0b"), ("tx_code", "1")]), "invalid_request"),
            ("/openid4vci/token", Form([.. Enumerable.Range(0, 60).Select(i => ($"f{i}", "x"))]), "invalid_request"),
            ("/openid4vci/credential", JsonContent.Create(new { }), "invalid_token"),
            ("/openid4vp/responses/01890a5d-ac96-774b-bcce-b302099a8057", Form(("state", "x")), "invalid_request"),
        ];
        foreach (var (path, body, error) in cases)
        {
            Assert.Equal(error, await ErrorAsync(node.Client.PostAsync(path, body, Ct)));
        }
    }

    private const string Grant = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));

    private static string TxCode(JsonElement offered) => offered.GetProperty("txCode").GetString()!;

    /// <summary>The protocol's error; null where there is none.</summary>
    private static async Task<string?> ErrorAsync(Task<HttpResponseMessage> request)
    {
        using var response = await request;
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        var body = (await response.Content.ReadFromJsonAsync<JsonObject>(Ct))!;
        Assert.Equal(response.IsSuccessStatusCode, !body.ContainsKey("error"));
        return body["error"]?.GetValue<string>();
    }

    private sealed class Setup(TestNode node, TestMember admin) : IAsyncDisposable
    {
        private readonly List<IDisposable> _keys = [];

        public string Address => node.Address.AbsoluteUri.TrimEnd('/');

        public static async Task<Setup> StartAsync(FakeTimeProvider? time = null)
        {
            var node = await TestNode.StartAsync(time: time);
            return new(node, await TestMember.EnrolAdministratorAsync(node));
        }

        public TestWallet NewWallet(TimeProvider? time = null)
        {
            var key = Ed25519Key.Generate();
            _keys.Add(key);
            return new(key, time);
        }

        public Task<JsonElement> OfferAsync() => ExchangeNode.OfferAsync(admin, new { type = "membership" });

        public Task<HttpResponseMessage> GetAsync(JsonElement offered) => node.Client.GetAsync(
            new Uri(TestWallet.Parameter(offered.GetProperty("link").GetString()!, "credential_offer_uri")).PathAndQuery, Ct);

        /// <summary>The offer, with the address at which this node really listens.</summary>
        public async Task<JsonObject> ReadAsync(JsonElement offered)
        {
            using var response = await GetAsync(offered);
            var offer = (await response.Content.ReadFromJsonAsync<JsonObject>(Ct))!;
            offer["credential_issuer"] = Address;
            return offer;
        }

        public async Task<string> TokenAsync(TestWallet wallet)
        {
            var offered = await OfferAsync();
            using var response = await wallet.RedeemAsync(await ReadAsync(offered), TxCode(offered));
            response.EnsureSuccessStatusCode();
            return (await response.Content.ReadFromJsonAsync<JsonObject>(Ct))!["access_token"]!.GetValue<string>();
        }

        public async Task<string> NonceAsync()
        {
            using var response = await node.Client.PostAsync("/openid4vci/nonce", null, Ct);
            return (await response.Content.ReadFromJsonAsync<JsonObject>(Ct))!["c_nonce"]!.GetValue<string>();
        }

        public async ValueTask DisposeAsync()
        {
            _keys.ForEach(k => k.Dispose());
            admin.Dispose();
            await node.DisposeAsync();
        }
    }
}
