using Coop.Node.Database;

namespace Coop.Node.Features.Dids;

/// <summary>
/// Follows what becomes of members' DIDs, inside the very transaction that changes them: what it writes
/// and appends is durable together with the change, or neither is. Every registered follower is told.
/// </summary>
public interface IMemberDidFollower
{
    /// <summary>A DID no longer stands for its member: what was issued to it is to be revoked.</summary>
    /// <param name="scope">The write; may run several times with the same ids.</param>
    /// <param name="unlinked">As it stood before.</param>
    /// <param name="replacement">The DID that takes its place, linked in the same write; null where none does.</param>
    /// <param name="ct">Cancels the attempt.</param>
    Task UnlinkedAsync(WriteScope scope, MemberDid unlinked, MemberDid? replacement, CancellationToken ct);
}
