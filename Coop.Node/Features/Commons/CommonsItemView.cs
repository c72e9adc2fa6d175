namespace Coop.Node.Features.Commons;

/// <summary>What this co-op shares.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="EventId">The event whose content is shared.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Title">What it is called.</param>
/// <param name="MediaType">E.g. <c>text/csv</c>.</param>
/// <param name="SizeBytes">How large it is.</param>
/// <param name="Audience">The DIDs of the peers that may read it; null for all that may read what is shared.</param>
/// <param name="SharedAt">Since when.</param>
/// <param name="SharedEventId">The event <c>dataset.shared</c>.</param>
public sealed record CommonsItemView(
    Guid Id,
    Guid EventId,
    CommonsKind Kind,
    string Title,
    string MediaType,
    long SizeBytes,
    IReadOnlyList<string>? Audience,
    DateTimeOffset SharedAt,
    Guid SharedEventId)
{
    internal static CommonsItemView Of(CommonsItem item) => new(
        item.Id, item.EventId, item.Kind, item.Title, item.MediaType, item.SizeBytes, item.Audience, item.SharedAt,
        item.SharedEvent);
}
