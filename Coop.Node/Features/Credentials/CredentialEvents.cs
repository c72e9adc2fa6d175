using System.Text.Json.Nodes;
using Coop.Federation.Log;
using Coop.Node.Log;

namespace Coop.Node.Features.Credentials;

/// <summary>
/// The events of credentials. Neither the DID nor the place in the status list stands in them: whoever can
/// read events could otherwise follow a credential wherever it is shown.
/// </summary>
internal static class CredentialEvents
{
    public static EventDraft Issued(Credential credential, string actor) => new(
        EventTypes.CredentialIssued, actor, credential.Subject, Visibility.Members,
        new JsonObject
        {
            ["id"] = credential.Id.ToString("D"),
            ["member"] = credential.MemberId.ToString("D"),
            ["type"] = CredentialKinds.NameOf(credential.Kind),
            ["attests"] = credential.Attests,
            ["offer"] = credential.OfferId?.ToString("D"),
        });

    /// <param name="type">Which of the three: revoked, suspended, reinstated.</param>
    /// <param name="credential">As it stood before.</param>
    /// <param name="actor">Who did it.</param>
    /// <param name="reason">A word for programs: <c>by-hand</c>, <c>role-lost</c>, <c>did-unlinked</c>,
    /// <c>claim-withdrawn</c>.</param>
    public static EventDraft Changed(string type, Credential credential, string actor, string reason) => new(
        type, actor, credential.Subject, Visibility.Members,
        new JsonObject
        {
            ["id"] = credential.Id.ToString("D"),
            ["member"] = credential.MemberId.ToString("D"),
            ["reason"] = reason,
        });

    public static EventDraft Offered(Guid offerId, Guid memberId, CredentialKind kind, string actor) => new(
        EventTypes.CredentialOffered, actor, $"credential-offer:{offerId:D}", Visibility.Members,
        new JsonObject
        {
            ["id"] = offerId.ToString("D"),
            ["member"] = memberId.ToString("D"),
            ["type"] = CredentialKinds.NameOf(kind),
        });
}
