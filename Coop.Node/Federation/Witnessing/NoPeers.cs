using Coop.Federation.Log.Notes;
using Coop.Federation.Witnessing;

namespace Coop.Node.Federation.Witnessing;

/// <summary>A node without peerings: it witnesses for nobody, and nobody for it.</summary>
internal sealed class NoPeers : IWitnessingPeers, ISeeingPeers
{
    public Task<NoteKey?> FindLogKeyAsync(string origin, CancellationToken ct) => Task.FromResult<NoteKey?>(null);

    public Task<IReadOnlyList<PolicyWitness>> ListWitnessesAsync(CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<PolicyWitness>>([]);

    public Task<IReadOnlyList<SeeingPeer>> ListAsync(CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<SeeingPeer>>([]);
}
