using Coop.Federation.Log.Notes;

namespace Coop.Federation.Replication;

/// <summary>
/// Signed checkpoints of other logs that came from elsewhere and reach beyond this node's copy, until it has
/// grown that far. Each change is durable when the task completes. Safe for concurrent calls.
/// </summary>
public interface IPendingCheckpoints
{
    /// <summary>Those of a log, smallest first.</summary>
    Task<IReadOnlyList<SignedNote>> ListAsync(string origin, CancellationToken ct);

    /// <summary>Keeps one; keeping the same size and root again changes nothing.</summary>
    Task AddAsync(string origin, SignedNote note, CancellationToken ct);

    /// <summary>Drops one; one that is not there is no error.</summary>
    Task RemoveAsync(string origin, SignedNote note, CancellationToken ct);
}
