using Coop.Federation.Log.Notes;
using Coop.Federation.Witnessing;

namespace Coop.Node.Federation.Witnessing;

/// <summary>What witnessing asks of the peerings: those that are active and have witness duty in their terms.</summary>
public interface IWitnessingPeers
{
    /// <summary>The key of the log whose checkpoints this node cosigns; null for every other log.</summary>
    Task<NoteKey?> FindLogKeyAsync(string origin, CancellationToken ct);

    /// <summary>The witnesses of this node's own log.</summary>
    Task<IReadOnlyList<PolicyWitness>> ListWitnessesAsync(CancellationToken ct);
}
