using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Coop.Federation.Messages;
using Coop.Federation.Peering;
using Coop.Identity.Keys;
using Coop.Node.Federation;
using Coop.Node.Http;
using Coop.Node.Identity;
using Coop.Node.Tests.Http;
using Coop.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Coop.Node.Tests.Federation;

/// <summary>Requests between two real nodes, and how the one that is asked refuses them, each with its own problem.</summary>
public sealed class SignedRequestTests
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task EachFaultIsRefusedWithItsOwnProblem()
    {
        await using var nodes = await PeeredNodes.StartAsync(2, configure: null, PeeringScope.Replicate);
        var peering = (await Services<Peerings>(nodes[1]).FindAsync(nodes[0].Did, Ct))!;
        var asker = new Asker(nodes[0], nodes[1], $"/federation/peerings/{peering.Id:D}");
        using var otherKey = Ed25519Key.Generate();

        using (var good = await asker.AskAsync())
        {
            Assert.True(good.IsSuccessStatusCode);
        }

        using (var unsigned = await nodes[1].Node.Client.GetAsync(asker.Path, Ct))
        {
            await Refused.WithAsync(ProblemTypes.SignatureMissing, unsigned);
        }

        await asker.RefusesAsync(ProblemTypes.DestinationWrong, a => a with { Destination = nodes[0].Did });
        await asker.RefusesAsync(ProblemTypes.SignatureStale, a => a with { Age = TimeSpan.FromMinutes(5) });
        await asker.RefusesAsync(ProblemTypes.SignatureFuture, a => a with { Age = TimeSpan.FromMinutes(-5) });
        await asker.RefusesAsync(ProblemTypes.SignatureWrong, a => a with { Key = otherKey });
        await asker.RefusesAsync(ProblemTypes.SignatureWrong, a => a with { SignedPath = "/federation/seen" });
        await asker.RefusesAsync(ProblemTypes.SignatureKeyUnknown, a => a with { KeyId = $"{nodes[0].Did}#{otherKey.Public.ToMultikey()}" });
        await asker.RefusesAsync(ProblemTypes.SignatureMalformed, a => a with { Nonce = "no nonce" });
        await asker.RefusesAsync(ProblemTypes.PeerUnknown, a => a with { KeyId = "did:webvh:QmStranger:stranger.example#key" });
        await asker.RefusesAsync(
            ProblemTypes.DigestMismatch,
            a => a with { Path = a.Path + "/steps", Body = "{\"number\":9}", SentBody = "{\"number\":8}" });
        // A body that was taken out on the way.
        await asker.RefusesAsync(
            ProblemTypes.DigestMismatch, a => a with { Path = a.Path + "/steps", Body = "{\"number\":9}", SentBody = "" });
        // A body that is not covered.
        await asker.RefusesAsync(
            ProblemTypes.SignatureMissing, a => a with { Path = a.Path + "/steps", SentBody = "{\"number\":8}" });
    }

    [Fact]
    public async Task AStrangerWithoutTheKey_LeavesNothingBehind()
    {
        await using var acorn = await ExchangeNode.StartAsync("Acorn");
        await using var stranger = await ExchangeNode.StartAsync("Stranger");
        using var otherKey = Ed25519Key.Generate();
        var asker = new Asker(stranger, acorn, "/federation/peerings") { Body = "{}", SentBody = "{}" };

        await asker.RefusesAsync(
            ProblemTypes.SignatureKeyUnknown, a => a with { KeyId = $"{stranger.Did}#{otherKey.Public.ToMultikey()}" });

        Assert.Null(await Services<PeerKeys>(acorn).FindAsync(stranger.Did, Ct));
        // With the key it comes as far as the proposal itself.
        await asker.RefusesAsync(ProblemTypes.TermsInvalid, a => a);
    }

    [Fact]
    public async Task WhoIsSuspendedIsServedNothingButThePeeringItself()
    {
        await using var nodes = await PeeredNodes.StartAsync(2, configure: null, PeeringScope.Replicate);
        var peering = (await Services<Peerings>(nodes[1]).FindAsync(nodes[0].Did, Ct))!;
        var asker = new Asker(nodes[0], nodes[1], "/federation/seen");
        using (var active = await asker.AskAsync())
        {
            Assert.True(active.IsSuccessStatusCode);
        }

        await Services<PeeringDesk>(nodes[1]).SuspendAsync(peering.Id, null, nodes[1].Admin.Actor, Ct);

        await asker.RefusesAsync(ProblemTypes.PeeringNotActive, a => a);
        using var standing = await (asker with { Path = $"/federation/peerings/{peering.Id:D}" }).AskAsync();
        Assert.Contains("suspended", await standing.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARequestIsTakenOnce()
    {
        await using var nodes = await PeeredNodes.StartAsync(2, configure: null, PeeringScope.Replicate);
        var peering = (await Services<Peerings>(nodes[1]).FindAsync(nodes[0].Did, Ct))!;
        var asker = new Asker(nodes[0], nodes[1], $"/federation/peerings/{peering.Id:D}") { Nonce = "AAAAAAAAAAAAAAAAAAAAAA" };

        using var first = await asker.AskAsync();
        using var second = await asker.AskAsync();

        Assert.True(first.IsSuccessStatusCode);
        await Refused.WithAsync(ProblemTypes.SignatureReplayed, second);
    }

    [Fact]
    public async Task OfSeveralAtOnceWithOneNonce_OneIsTaken()
    {
        await using var nodes = await PeeredNodes.StartAsync(2, configure: null, PeeringScope.Replicate);
        var peering = (await Services<Peerings>(nodes[1]).FindAsync(nodes[0].Did, Ct))!;
        var asker = new Asker(nodes[0], nodes[1], $"/federation/peerings/{peering.Id:D}") { Nonce = "BBBBBBBBBBBBBBBBBBBBBB" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => asker.AskAsync()));

        Assert.Single(answers, a => a.IsSuccessStatusCode);
        foreach (var answer in answers)
        {
            answer.Dispose();
        }
    }

    [Fact]
    public async Task TheRateIsThatOfTheTerms_AndTheAnswerSaysHowLongToWait()
    {
        await using var one = await ExchangeNode.StartAsync("Acorn");
        await using var other = await ExchangeNode.StartAsync("Birch");
        await PeeredNodes.PeerAsync(one, other, PeeringScope.Replicate);
        var peering = (await Services<Peerings>(one).FindAsync(other.Did, Ct))!;
        var few = PeeringGrant.Of(PeeringScope.Replicate) with { RequestsPerMinute = 5 };
        await ChangeAsync(one, other, peering.Id, few);
        var asker = new Asker(one, other, $"/federation/peerings/{peering.Id:D}");

        for (var i = 0; i < 50; i++)
        {
            using var answer = await asker.AskAsync();
            if (answer.IsSuccessStatusCode)
            {
                continue;
            }

            await Refused.WithAsync(ProblemTypes.TooManyRequests, answer);
            Assert.True(answer.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
            return;
        }

        Assert.Fail("Fifty requests were answered where the terms say five in a minute.");
    }

    // Until the new terms are in force on both sides.
    private static async Task ChangeAsync(ExchangeNode one, ExchangeNode other, Guid id, PeeringGrant both)
    {
        var changed = await Services<PeeringDesk>(one).RenegotiateAsync(id, both, both, one.Admin.Actor, Ct);
        var hash = changed.OnTable!.Terms.Hash;
        while (true)
        {
            try
            {
                await Services<PeeringDesk>(other).AcceptAsync(id, hash, other.Admin.Actor, Ct);
                break;
            }
            catch (RefusalException e) when (e.Type == ProblemTypes.PeeringTermsChanged)
            {
                await Task.Delay(50, Ct);
            }
        }

        while ((await Services<Peerings>(other).FindAsync(one.Did, Ct))!.Terms.Hash != hash)
        {
            await Task.Delay(50, Ct);
        }
    }

    private static T Services<T>(ExchangeNode node)
        where T : notnull =>
        node.Node.Services.GetRequiredService<T>();

    /// <summary>A request as the one node would sign it, in parts that a test makes wrong.</summary>
    private sealed record Asker(ExchangeNode From, ExchangeNode To, string Path)
    {
        public string Destination { get; init; } = To.Did;

        public TimeSpan Age { get; init; }

        public ISigningKey? Key { get; init; }

        public string? KeyId { get; init; }

        public string? Nonce { get; init; }

        public string? SignedPath { get; init; }

        public string? Body { get; init; }

        public string? SentBody { get; init; }

        public async Task<HttpResponseMessage> AskAsync()
        {
            var signer = Services<NodeIdentity>(From).AssertionSigner;
            using var request = new HttpRequestMessage(SentBody is null ? HttpMethod.Get : HttpMethod.Post, Path);
            var headers = RequestSigner.Sign(
                request.Method.Method, PeeredNodes.AddressOf(To) + (SignedPath ?? Path), Destination,
                Body is null ? (ReadOnlyMemory<byte>?)null : Encoding.UTF8.GetBytes(Body), KeyId ?? signer.KeyId, Key ?? signer.Key,
                Nonce ?? Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N"), TimeProvider.System.GetUtcNow() - Age);
            request.Headers.Add("Coop-Destination", headers.Destination);
            request.Headers.Add("Signature-Input", headers.SignatureInput);
            request.Headers.Add("Signature", headers.Signature);
            if (headers.ContentDigest is { } digest)
            {
                request.Headers.TryAddWithoutValidation("Content-Digest", digest);
            }

            if (SentBody is { } body)
            {
                request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            }

            return await To.Node.Client.SendAsync(request, Ct);
        }

        public async Task RefusesAsync(ProblemType type, Func<Asker, Asker> change)
        {
            using var answer = await change(this).AskAsync();
            var problem = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Ct)).GetProperty("type").GetString();
            Assert.True(problem == type.Uri, $"{type.Code} expected, {(int)answer.StatusCode} {problem} answered.");
        }
    }
}
