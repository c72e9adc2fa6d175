using Coop.Federation.Log.Notes;

namespace Coop.Node.Federation.Witnessing;

/// <summary>The peers that may have seen this node's checkpoints: those that witness or replicate its log.</summary>
public interface ISeeingPeers
{
    Task<IReadOnlyList<SeeingPeer>> ListAsync(CancellationToken ct);
}

/// <summary>One of them.</summary>
/// <param name="Name">For people.</param>
/// <param name="AskAsync">
/// The newest checkpoint of this log that it saw; null when it saw none. Throws when it does not answer.
/// </param>
public sealed record SeeingPeer(string Name, Func<CancellationToken, Task<SignedNote?>> AskAsync);
