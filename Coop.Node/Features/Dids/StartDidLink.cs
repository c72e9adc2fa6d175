using System.Security.Cryptography;
using Coop.Identity.Dids;
using Coop.Node.Features.Accounts;
using Coop.Node.Hosting;
using Coop.Node.Http;

namespace Coop.Node.Features.Dids;

/// <summary>Gives the signed-in member a challenge, by which to prove that a DID is theirs.</summary>
public static class StartDidLink
{
    /// <summary>In characters; a did:jwk of a P-256 key has about 200.</summary>
    public const int MaxDidLength = 1000;

    private const int NonceSizeBytes = 16;

    /// <param name="Did">The DID to be linked: did:key, did:jwk, did:web, did:webvh or did:pkh.</param>
    public sealed record Request(string Did);

    /// <param name="Challenge">To be sent back with the proof; good for five minutes, once.</param>
    /// <param name="Nonce">The proof's <c>nonce</c>.</param>
    /// <param name="Audience">The proof's <c>aud</c>: this node's address.</param>
    /// <param name="Subject">The proof's <c>sub</c>: the member's pseudonym.</param>
    /// <param name="Message">For a did:pkh: the text (EIP-4361) to sign by EIP-191; otherwise null.</param>
    /// <param name="ExpiresAt">When the challenge becomes void.</param>
    public sealed record Response(
        string Challenge, string Nonce, string Audience, string Subject, string? Message, DateTimeOffset ExpiresAt);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/me/dids/challenges", Handle)
            .RequireRole(Roles.Member)
            .WithSummary("Begin to link a DID to the signed-in member");

    private static Response Handle(
        Request request, CurrentMember me, NodeOptions node, Ceremonies ceremonies, TimeProvider time)
    {
        var (url, did) = Did(request.Did);
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NonceSizeBytes));
        var challenge = new DidChallenge(me.Id, did, nonce, now);
        return new(
            challenge.Seal(ceremonies), nonce, node.Identifier, me.Actor,
            SignInMessage.IsFor(url) ? SignInMessage.Of(challenge, node, me.Actor) : null, now + Ceremonies.Lifetime);
    }

    private static (DidUrl Url, string Did) Did(string text)
    {
        var did = Fields.Text(text, "did", 1, MaxDidLength);
        try
        {
            return DidUrl.TryParse(did, out var url) && url.Did == did
                ? (url, SignInMessage.IsFor(url) ? DidPkh.Canonical(did) : did)
                : throw Fields.Invalid("did", "is not a DID.");
        }
        catch (DidException e)
        {
            throw Fields.Invalid("did", $"is not a DID that can be linked: {e.Message}");
        }
    }
}
