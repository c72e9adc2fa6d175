using System.Text.Json.Nodes;
using Coop.Federation.Log;
using Coop.Node.Log;

namespace Coop.Node.Features.Dids;

/// <summary>
/// The events about members' DIDs. Their payloads are the member's own affair: a DID leads from the
/// pseudonym to whatever else is done under it.
/// </summary>
public static class DidEvents
{
    public static EventDraft Linked(MemberDid did, string actor, MemberDid? replaces)
    {
        ArgumentNullException.ThrowIfNull(did);
        return new(
            EventTypes.MemberDidLinked, actor, actor, Visibility.Private,
            new JsonObject
            {
                ["id"] = did.Id.ToString("D"),
                ["did"] = did.Did,
                ["replaces"] = replaces?.Did,
            });
    }

    public static EventDraft Unlinked(MemberDid did, string actor, MemberDid? replacement)
    {
        ArgumentNullException.ThrowIfNull(did);
        return new(
            EventTypes.MemberDidUnlinked, actor, actor, Visibility.Private,
            new JsonObject
            {
                ["id"] = did.Id.ToString("D"),
                ["did"] = did.Did,
                ["replacedBy"] = replacement?.Did,
            });
    }
}
