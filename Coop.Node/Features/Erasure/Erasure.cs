namespace Coop.Node.Features.Erasure;

/// <summary>That the content of an event was erased.</summary>
/// <param name="EventId">The event.</param>
/// <param name="Hash">Its payload hash, 32 bytes: what the entry still says.</param>
/// <param name="Reason">Why.</param>
/// <param name="ErasedAt">When.</param>
/// <param name="ErasedEvent">The event <c>payload.erased</c>.</param>
internal sealed record Erasure(Guid EventId, byte[] Hash, string Reason, DateTimeOffset ErasedAt, Guid ErasedEvent);

/// <summary>A peer that had fetched the content, and was told.</summary>
/// <param name="PeerDid">Whom.</param>
/// <param name="PeerName">Its name then.</param>
/// <param name="State"><c>pending</c>, <c>confirmed</c> or <c>unanswered</c>.</param>
/// <param name="Problem">Why it will not confirm.</param>
/// <param name="Confirmation">Its signed confirmation, as text.</param>
internal sealed record ErasureNotice(string PeerDid, string PeerName, string State, string? Problem, string? Confirmation);
