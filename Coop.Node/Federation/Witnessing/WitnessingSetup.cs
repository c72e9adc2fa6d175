using Coop.Federation.Witnessing;
using Coop.Node.Federation.Replication;
using Coop.Node.Log;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Coop.Node.Federation.Witnessing;

/// <summary>The node as a witness of its peers, and its own log before theirs: services and endpoints.</summary>
public static class WitnessingSetup
{
    public static void AddWitnessing(this IServiceCollection services)
    {
        services.AddSingleton<PeersAsWitnesses>();
        services.AddSingleton<IWitnessingPeers>(provider => provider.GetRequiredService<PeersAsWitnesses>());
        services.AddSingleton<ISeeingPeers>(provider => provider.GetRequiredService<PeersAsWitnesses>());
        services.AddSingleton<WitnessingOptions>();
        services.TryAddSingleton<MirrorStore>();
        services.AddSingleton<WitnessStore>();
        services.AddSingleton<IWitnessGuard, WitnessGuardFiles>();
        services.AddSingleton<IWitnessStore>(provider => new GuardedWitnessStore(
            provider.GetRequiredService<WitnessStore>(), provider.GetRequiredService<IWitnessGuard>()));
        services.AddSingleton<NodeWitness>();
        services.AddSingleton<IWitnessClient, OutboundWitnessClient>();
        services.AddSingleton<IContradictions, WitnessedCheckpoints>();
        services.AddSingleton<SeenByPeers>();
        services.AddSingleton<ISigningConfirmation>(provider => provider.GetRequiredService<SeenByPeers>());
        services.AddSingleton<WitnessPolicies>();
        // After the log, whose key the policy names; the rounds follow.
        services.AddHostedService(provider => provider.GetRequiredService<WitnessPolicies>());
        services.AddHostedService(provider => provider.GetRequiredService<SeenByPeers>());
        services.AddHostedService<CosignatureRounds>();
    }

    public static void MapWitnessing(this IEndpointRouteBuilder app)
    {
        WitnessEndpoints.Map(app);
        ShowPolicy.Map(app);
        ShowSeen.Map(app);
    }
}
