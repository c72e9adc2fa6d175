using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Coop.Identity.Keys;
using Coop.Node.Database;
using Coop.Node.Features.Dids;
using Coop.Node.Http;
using Coop.Node.Tests.Accounts;
using Coop.Node.Tests.Http;
using Coop.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Coop.Node.Tests.Dids;

/// <summary>DIDs linked by proof of possession, unlinked and replaced.</summary>
public sealed class MemberDidsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Linked_Listed_AndUnlinked_EachAsAnEvent()
    {
        await using var node = await TestNode.StartAsync();
        using var ada = await TestMember.EnrolAdministratorAsync(node);
        foreach (var wallet in new[] { Wallet.New(), new Wallet(P256Key.Generate()) })
        {
            using var linked = await wallet.LinkAsync(ada, Ct);
            Assert.Equal(HttpStatusCode.Created, linked.StatusCode);
        }

        var items = await ListAsync(ada);
        Assert.Equal(2, items.Count);
        using var unlinked = await ada.Client.DeleteAsync($"/api/me/dids/{IdOf(items[0])}", Ct);
        Assert.Equal(HttpStatusCode.OK, unlinked.StatusCode);
        using var again = await ada.Client.DeleteAsync($"/api/me/dids/{IdOf(items[0])}", Ct);
        await Refused.WithAsync(ProblemTypes.NotFound, again);
        Assert.Equal(IdOf(items[1]), IdOf(Assert.Single(await ListAsync(ada))));

        var payloads = (await Db.EventsAsync(node)).Select(e => e.Payload).ToList();
        Assert.Equal(2, payloads.Count(p => p.TryGetProperty("replaces", out _)));
        Assert.Equal(1, payloads.Count(p => p.TryGetProperty("replacedBy", out _)));
    }

    [Fact]
    public async Task OneDid_StandsForOneMember_UntilItIsUnlinked()
    {
        await using var node = await TestNode.StartAsync();
        using var ada = await TestMember.EnrolAdministratorAsync(node);
        using var ben = await ada.InviteAsync(node, "Ben");
        var wallet = Wallet.New();
        using var first = await wallet.LinkAsync(ada, Ct);
        Assert.True(first.IsSuccessStatusCode);
        using var second = await wallet.LinkAsync(ben, Ct);
        await Refused.WithAsync(ProblemTypes.DidLinked, second);
        using var others = await ben.Client.DeleteAsync($"/api/me/dids/{IdOf((await ListAsync(ada))[0])}", Ct);
        await Refused.WithAsync(ProblemTypes.NotFound, others);

        using var unlinked = await ada.Client.DeleteAsync($"/api/me/dids/{IdOf((await ListAsync(ada))[0])}", Ct);
        using var third = await wallet.LinkAsync(ben, Ct);
        Assert.Equal(HttpStatusCode.Created, third.StatusCode);
    }

    [Fact]
    public async Task Replacing_LinksAndUnlinksInOneWrite_AndFollowersAreTold()
    {
        var follower = new Listening();
        await using var node = await TestNode.StartAsync(b => b.Services.AddSingleton<IMemberDidFollower>(follower));
        using var ada = await TestMember.EnrolAdministratorAsync(node);
        var (old, @new) = (Wallet.New(), Wallet.New());
        using var first = await old.LinkAsync(ada, Ct);
        var id = IdOf((await ListAsync(ada))[0]);
        using var replaced = await @new.LinkAsync(ada, Ct, replaces: id);

        Assert.Equal(HttpStatusCode.Created, replaced.StatusCode);
        Assert.Equal(@new.Did, Assert.Single(await ListAsync(ada)).GetProperty("did").GetString());
        Assert.Equal((old.Did, @new.Did), Assert.Single(follower.Heard));
        using var twice = await Wallet.New().LinkAsync(ada, Ct, replaces: id);
        await Refused.WithAsync(ProblemTypes.NotFound, twice);
    }

    [Fact]
    public async Task AChallenge_IsForOneMember_AndForOnce()
    {
        await using var node = await TestNode.StartAsync();
        using var ada = await TestMember.EnrolAdministratorAsync(node);
        using var ben = await ada.InviteAsync(node, "Ben");
        var wallet = Wallet.New();
        var challenge = await Wallet.ChallengeAsync(ada, wallet.Did, Ct);
        var proof = wallet.Sign(wallet.Header(), wallet.Claims(challenge));
        using var stolen = await Wallet.SendAsync(ben, challenge, proof, "passkey", null, Ct);
        await Refused.WithAsync(ProblemTypes.CeremonyInvalid, stolen);
        using var used = await Wallet.SendAsync(ada, challenge, proof, "passkey", null, Ct);
        Assert.Equal(HttpStatusCode.Created, used.StatusCode);
        using var unlinked = await ada.Client.DeleteAsync($"/api/me/dids/{IdOf((await ListAsync(ada))[0])}", Ct);
        using var again = await Wallet.SendAsync(ada, challenge, proof, "passkey", null, Ct);
        await Refused.WithAsync(ProblemTypes.CeremonyInvalid, again);
    }

    [Fact]
    public async Task Proofs_ThatProveNothing_AreRefused()
    {
        await using var node = await TestNode.StartAsync();
        using var ada = await TestMember.EnrolAdministratorAsync(node);
        var (wallet, other) = (Wallet.New(), Wallet.New());
        Func<JsonObject, JsonObject, string>[] bad =
        [
            (_, _) => "",
            (_, _) => "a.b",
            (_, _) => new string('a', 9000),
            (_, _) => "bm90IGpzb24.bm90IGpzb24.AAAA",
            (h, c) => other.Sign(h, c),
            (h, c) => other.Sign(With(h, "kid", other.KeyId), c),
            (h, c) => wallet.Sign(With(h, "alg", "none"), c),
            (h, c) => $"{Wallet.Encode(With(h, "alg", "none"))}.{Wallet.Encode(c)}.",
            (h, c) => wallet.Sign(With(h, "alg", "ES256"), c),
            (h, c) => wallet.Sign(With(h, "typ", "JWT"), c),
            (h, c) => wallet.Sign(With(h, "jku", "https://evil.example"), c),
            (h, c) => wallet.Sign(With(h, "kid", wallet.Did), c),
            (h, c) => wallet.Sign(h, With(c, "aud", "https://other.example")),
            (h, c) => wallet.Sign(h, With(c, "sub", "member:somebody")),
            (h, c) => wallet.Sign(h, With(c, "nonce", "00")),
            (h, c) => wallet.Sign(h, With(c, "iss", other.Did)),
        ];
        foreach (var sign in bad)
        {
            using var response = await wallet.LinkAsync(ada, Ct, sign: sign);
            await Refused.WithAsync(ProblemTypes.ProofRefused, response);
        }

        Assert.Empty(await ListAsync(ada));
        Assert.DoesNotContain(await Db.EventsAsync(node), e => e.Payload.TryGetProperty("replaces", out _));
    }

    [Theory]
    [InlineData("did:key:z6MkNotAKey")]
    [InlineData("did:unknown:abc")]
    [InlineData("did:web:localhost%3A1")]
    public async Task DidsThatDoNotResolve_AreRefused(string did)
    {
        await using var node = await TestNode.StartAsync();
        using var ada = await TestMember.EnrolAdministratorAsync(node);
        var wallet = Wallet.New();
        var challenge = await Wallet.ChallengeAsync(ada, did, Ct);
        var header = With(wallet.Header(), "kid", did + "#0");
        var proof = wallet.Sign(header, With(wallet.Claims(challenge), "iss", did));
        using var response = await Wallet.SendAsync(ada, challenge, proof, "wallet", null, Ct);
        await Refused.WithAsync(ProblemTypes.DidUnresolved, response);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("did:key:z6Mk#fragment")]
    [InlineData("did:pkh:eip155:1:0xzz")]
    public async Task TextsThatAreNoDid_AreRefused(string did)
    {
        await using var node = await TestNode.StartAsync();
        using var ada = await TestMember.EnrolAdministratorAsync(node);
        using var response = await ada.Client.PostAsJsonAsync("/api/me/dids/challenges", new { did }, Ct);
        await Refused.WithAsync(ProblemTypes.InvalidField, response);
    }

    [Fact]
    public async Task AnEthereumAccount_SignsAText()
    {
        await using var node = await TestNode.StartAsync();
        using var ada = await TestMember.EnrolAdministratorAsync(node);
        var account = new EthereumAccount();
        // Browsers' wallets answer in small letters; a DID has one spelling.
        var challenge = await Wallet.ChallengeAsync(ada, account.Did.ToLowerInvariant(), Ct);
        var message = challenge.GetProperty("message").GetString()!;
        Assert.StartsWith(
            $"localhost:5080 wants you to sign in with your Ethereum account:\n{account.Address}\n", message, StringComparison.Ordinal);
        using var foreign = await Wallet.SendAsync(ada, challenge, new EthereumAccount().Sign(message), "ethereum", null, Ct);
        await Refused.WithAsync(ProblemTypes.ProofRefused, foreign);
        using var linked = await Wallet.SendAsync(ada, challenge, account.Sign(message), "ethereum", null, Ct);
        Assert.Equal(HttpStatusCode.Created, linked.StatusCode);
        Assert.Equal(account.Did, Assert.Single(await ListAsync(ada)).GetProperty("did").GetString());
    }

    [Fact]
    public async Task AMember_HasAtMostTen()
    {
        await using var node = await TestNode.StartAsync();
        using var ada = await TestMember.EnrolAdministratorAsync(node);
        for (var i = 0; i < LinkDid.MaxLinked; i++)
        {
            using var linked = await Wallet.New().LinkAsync(ada, Ct);
            Assert.True(linked.IsSuccessStatusCode);
        }

        using var refused = await Wallet.New().LinkAsync(ada, Ct);
        await Refused.WithAsync(ProblemTypes.TooManyDids, refused);
        using var replaced = await Wallet.New().LinkAsync(ada, Ct, replaces: IdOf((await ListAsync(ada))[0]));
        Assert.Equal(HttpStatusCode.Created, replaced.StatusCode);
    }

    private static JsonObject With(JsonObject json, string name, string value)
    {
        json[name] = value;
        return json;
    }

    private static Guid IdOf(JsonElement did) => did.GetProperty("id").GetGuid();

    private static async Task<IReadOnlyList<JsonElement>> ListAsync(TestMember member) =>
        [.. (await member.Client.GetFromJsonAsync<JsonElement>("/api/me/dids", Ct)).GetProperty("items").EnumerateArray()];

    private sealed class Listening : IMemberDidFollower
    {
        public List<(string Old, string? New)> Heard { get; } = [];

        public Task UnlinkedAsync(
            WriteScope scope, MemberDid unlinked, MemberDid? replacement, CancellationToken ct)
        {
            Heard.Add((unlinked.Did, replacement?.Did));
            return Task.CompletedTask;
        }
    }
}
