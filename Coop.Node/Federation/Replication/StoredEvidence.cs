namespace Coop.Node.Federation.Replication;

/// <summary>A proof that is kept.</summary>
/// <param name="Id">Its id, 64 hex digits.</param>
/// <param name="Origin">The log that signed two histories.</param>
/// <param name="Source">Who found it: <c>own</c>, or the DID of the peer that brought it.</param>
/// <param name="FoundAt">When it got here.</param>
/// <param name="EventId">The event <c>equivocation.found</c>.</param>
public sealed record StoredEvidence(string Id, string Origin, string Source, DateTimeOffset FoundAt, Guid EventId);
