using Coop.Federation.Log.Notes;
using Coop.Federation.Witnessing;
using Coop.Node.Federation.Witnessing;
using Microsoft.Extensions.DependencyInjection;

namespace Coop.Node.Tests.Federation.Witnessing;

/// <summary>Peerings as a test wants them, without the ceremony.</summary>
internal sealed class FakePeers : IWitnessingPeers, ISeeingPeers
{
    public List<NoteKey> Logs { get; } = [];

    public List<PolicyWitness> Witnesses { get; } = [];

    public List<SeeingPeer> Seeing { get; } = [];

    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton<IWitnessingPeers>(this);
        services.AddSingleton<ISeeingPeers>(this);
        services.AddSingleton(new WitnessingOptions
        {
            Pace = TimeSpan.FromMilliseconds(20),
            Retry = TimeSpan.FromMilliseconds(50),
            Patience = TimeSpan.FromMilliseconds(50),
            Collector = new() { Timeout = TimeSpan.FromMinutes(10), FirstPause = TimeSpan.FromMilliseconds(10), LongestPause = TimeSpan.FromMilliseconds(50) },
            StartWait = TimeSpan.FromSeconds(20),
            SeenInterval = TimeSpan.FromSeconds(1),
        });
    }

    public Task<NoteKey?> FindLogKeyAsync(string origin, CancellationToken ct) =>
        Task.FromResult(Logs.Find(k => k.Name == origin));

    public Task<IReadOnlyList<PolicyWitness>> ListWitnessesAsync(CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<PolicyWitness>>([.. Witnesses]);

    public Task<IReadOnlyList<SeeingPeer>> ListAsync(CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<SeeingPeer>>([.. Seeing]);
}
