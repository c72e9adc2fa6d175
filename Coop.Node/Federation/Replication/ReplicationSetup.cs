using Coop.Federation.Replication;
using Coop.Node.Features.LogView;
using Coop.Node.Features.Mirrors;

namespace Coop.Node.Federation.Replication;

/// <summary>Copies of peers' logs: services and endpoints.</summary>
public static class ReplicationSetup
{
    public static void AddReplication(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(FollowSettings.From(configuration));
        services.AddSingleton<MirrorStore>();
        services.AddSingleton<IMirrorStore>(provider => provider.GetRequiredService<MirrorStore>());
        services.AddSingleton<IPendingCheckpoints, PendingCheckpoints>();
        services.AddSingleton<SeenCheckpoints>();
        services.AddSingleton<KnownLogs>();
        services.AddSingleton<HistoryChoices>();
        services.AddSingleton<MirrorFiles>();
        services.AddSingleton<EvidenceShelf>();
        services.AddSingleton<EvidenceDesk>();
        services.AddSingleton<EvidencePull>();
        services.AddSingleton<CheckpointReports>();
        services.AddSingleton<Hearsay>();
        services.AddSingleton<Entangling>();
        services.AddSingleton<PeerFollowing>();
        services.AddSingleton<PokeSignals>();
        services.AddSingleton<EvidenceGossip>();
        services.AddHostedService(provider => provider.GetRequiredService<EvidenceGossip>());
        services.AddSingleton<CheckpointInbox>();
        services.AddHostedService(provider => provider.GetRequiredService<CheckpointInbox>());
        services.AddHostedService<FollowRunner>();
        services.AddHostedService<PokeSender>();
    }

    /// <summary>What other nodes and anyone may ask.</summary>
    public static void MapReplication(this IEndpointRouteBuilder app)
    {
        MirrorEndpoints.Map(app);
        EvidenceEndpoints.Map(app);
        TakePoke.Map(app);
        ReadPublicPayload.Map(app);
    }

    /// <summary>What members may ask.</summary>
    public static void MapMirrors(this IEndpointRouteBuilder api) => ListMirrors.Map(api);
}
