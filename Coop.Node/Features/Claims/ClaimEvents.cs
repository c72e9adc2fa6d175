using System.Text.Json.Nodes;
using Coop.Federation.Claims;
using Coop.Federation.Log;
using Coop.Node.Log;

namespace Coop.Node.Features.Claims;

/// <summary>
/// The events of consents and claims; specs/claims.md lists their payloads. A claim's are public, so that an
/// auditor can hold the two nodes' logs against each other; they name no member.
/// </summary>
internal static class ClaimEvents
{
    public const string NodeActor = "node";

    public static EventDraft ConsentGiven(Consent consent, string actor) => Consent(EventTypes.ConsentGiven, consent, actor);

    public static EventDraft ConsentWithdrawn(Consent consent, string actor) =>
        Consent(EventTypes.ConsentWithdrawn, consent, actor);

    /// <param name="type">Sent, received or withdrawn.</param>
    /// <param name="claimId">The claim.</param>
    /// <param name="kind">Its kind; null where the receiver never had it.</param>
    /// <param name="hash">See <see cref="Statement.Hash"/>.</param>
    /// <param name="peer">The DID of the other side.</param>
    /// <param name="actor">Who did it.</param>
    /// <param name="reason">Why it ended, at the receiver; null otherwise.</param>
    public static EventDraft Claim(
        string type, Guid claimId, string? kind, byte[] hash, string peer, string actor, string? reason = null)
    {
        var payload = new JsonObject
        {
            ["claimId"] = claimId.ToString("D"),
            ["hash"] = Convert.ToBase64String(hash),
            ["peer"] = peer,
            ["kind"] = kind,
        };
        if (reason is not null)
        {
            payload["reason"] = reason;
        }

        return new(type, actor, $"claim:{claimId:D}", Visibility.Public, payload);
    }

    private static EventDraft Consent(string type, Consent consent, string actor) => new(
        type, actor, consent.Subject, Visibility.Private,
        new JsonObject
        {
            ["id"] = consent.Id.ToString("D"),
            ["peer"] = consent.PeerDid,
            ["kind"] = ClaimKinds.NameOf(consent.Kind),
        });
}
