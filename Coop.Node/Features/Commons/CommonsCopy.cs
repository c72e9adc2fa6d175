using System.Text.Json.Nodes;

namespace Coop.Node.Features.Commons;

/// <summary>This co-op's copy of what a peer shares.</summary>
/// <param name="Id">UUIDv7 of the row.</param>
/// <param name="PeerDid">Whose it is.</param>
/// <param name="PeerName">Its name when the copy was asked for.</param>
/// <param name="EventId">The peer's event.</param>
/// <param name="Hash">Its payload hash.</param>
/// <param name="Title">What the peer calls it.</param>
/// <param name="MediaType">Of the document.</param>
/// <param name="State"><c>fetching</c>, <c>held</c> or <c>erased</c>.</param>
/// <param name="Payload">The canonical payload, verified; null unless held.</param>
/// <param name="FetchedAt">When it was fetched and verified.</param>
/// <param name="ErasedAt">When the peer's erasure was followed.</param>
/// <param name="ErasedEvent">The event <c>payload.erasure-confirmed</c>.</param>
/// <param name="Confirmation">What was answered to the peer.</param>
internal sealed record CommonsCopy(
    Guid Id,
    string PeerDid,
    string PeerName,
    Guid EventId,
    byte[] Hash,
    string Title,
    string MediaType,
    string State,
    JsonObject? Payload,
    DateTimeOffset? FetchedAt,
    DateTimeOffset? ErasedAt,
    Guid? ErasedEvent,
    JsonObject? Confirmation)
{
    public const string Held = "held";
    public const string Erased = "erased";
}
