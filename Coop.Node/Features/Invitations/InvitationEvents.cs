using System.Globalization;
using System.Text.Json.Nodes;
using Coop.Federation.Log;
using Coop.Node.Log;

namespace Coop.Node.Features.Invitations;

/// <summary>The events of invitations. The note stays out: it names a person who is no member yet.</summary>
internal static class InvitationEvents
{
    /// <summary>The node as an actor.</summary>
    public const string Node = "node";

    public static EventDraft Issued(Invitation invitation, string actor) => new(
        EventTypes.InvitationIssued,
        actor,
        invitation.Subject,
        Visibility.Members,
        new JsonObject
        {
            ["id"] = invitation.Id.ToString("D"),
            ["roles"] = new JsonArray([.. invitation.Roles.Select(r => JsonValue.Create(r))]),
            ["expiresAt"] = invitation.ExpiresAt.UtcDateTime.ToString(
                "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        });

    public static EventDraft Revoked(Guid id, string actor) => new(
        EventTypes.InvitationRevoked,
        actor,
        $"invitation:{id:D}",
        Visibility.Members,
        new JsonObject { ["id"] = id.ToString("D") });
}
