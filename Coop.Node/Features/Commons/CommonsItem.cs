namespace Coop.Node.Features.Commons;

/// <summary>What kind of thing is shared.</summary>
public enum CommonsKind
{
    /// <summary>An event of the log.</summary>
    Event,

    /// <summary>A document that was published to be shared.</summary>
    Dataset,
}

/// <summary>An event whose content this co-op shares with peers.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="EventId">The event; of a dataset its <c>dataset.published</c>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Title">What it is called.</param>
/// <param name="MediaType">Of the document; <c>application/json</c> of an event.</param>
/// <param name="SizeBytes">Of the document, or of the event's canonical payload.</param>
/// <param name="Hash">The event's payload hash, 32 bytes.</param>
/// <param name="Audience">The DIDs of the peers that may read it; null for every peer that may read what is shared.</param>
/// <param name="SharedAt">Since when.</param>
/// <param name="SharedEvent">The event <c>dataset.shared</c>.</param>
/// <param name="WithdrawnAt">Until when; null while it is shared.</param>
internal sealed record CommonsItem(
    Guid Id,
    Guid EventId,
    CommonsKind Kind,
    string Title,
    string MediaType,
    long SizeBytes,
    byte[] Hash,
    IReadOnlyList<string>? Audience,
    DateTimeOffset SharedAt,
    Guid SharedEvent,
    DateTimeOffset? WithdrawnAt = null)
{
    /// <summary>Whether a peer may read it.</summary>
    public bool IsFor(string did) => WithdrawnAt is null && (Audience is null || Audience.Contains(did, StringComparer.Ordinal));
}
