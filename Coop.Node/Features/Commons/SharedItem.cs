namespace Coop.Node.Features.Commons;

/// <summary>What a peer lists as shared.</summary>
/// <param name="EventId">The peer's event.</param>
/// <param name="Kind"><c>event</c> or <c>dataset</c>.</param>
/// <param name="Title">What the peer calls it.</param>
/// <param name="MediaType">Of the document.</param>
/// <param name="SizeBytes">By the peer's word.</param>
/// <param name="Hash">The event's payload hash, 64 hexadecimal digits: what it is fetched by.</param>
/// <param name="SharedAt">By the peer's word.</param>
public sealed record SharedItem(
    Guid EventId, string Kind, string Title, string MediaType, long SizeBytes, string Hash, DateTimeOffset SharedAt);
