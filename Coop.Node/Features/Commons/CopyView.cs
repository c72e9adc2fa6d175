namespace Coop.Node.Features.Commons;

/// <summary>This co-op's copy of what a peer shares.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="PeerDid">Whose it is.</param>
/// <param name="PeerName">Its name.</param>
/// <param name="EventId">The peer's event.</param>
/// <param name="Title">What the peer calls it.</param>
/// <param name="MediaType">E.g. <c>text/csv</c>.</param>
/// <param name="FetchedAt">When it was fetched, and held against the peer's log.</param>
/// <param name="ErasedAt">When the content was deleted here, since the peer had erased it; null while it is kept.</param>
/// <param name="ErasedEventId">The event <c>payload.erasure-confirmed</c>.</param>
public sealed record CopyView(
    Guid Id,
    string PeerDid,
    string PeerName,
    Guid EventId,
    string Title,
    string MediaType,
    DateTimeOffset? FetchedAt,
    DateTimeOffset? ErasedAt,
    Guid? ErasedEventId)
{
    internal static CopyView Of(CommonsCopy copy) => new(
        copy.Id, copy.PeerDid, copy.PeerName, copy.EventId, copy.Title, copy.MediaType, copy.FetchedAt, copy.ErasedAt,
        copy.ErasedEvent);
}
