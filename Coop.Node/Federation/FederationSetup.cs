using Coop.Node.Federation.Wire;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Coop.Node.Federation;

/// <summary>The node among its peers: services and endpoints.</summary>
public static class FederationSetup
{
    /// <summary>Before every path for peers.</summary>
    public const string Prefix = "/federation";

    public static void AddFederation(this IServiceCollection services)
    {
        services.AddSingleton<OwnDescriptor>();
        services.AddSingleton<PeeringBook>();
        services.AddSingleton<Peerings>();
        services.AddSingleton<PeerKeys>();
        services.AddSingleton<PeerRates>();
        services.AddSingleton<PeerClient>();
        services.AddSingleton<PeerDiscovery>();
        services.AddSingleton<PeerIntroduction>();
        services.AddSingleton<PeeringDesk>();
        services.TryAddSingleton(Random.Shared);
        services.AddSingleton<MessengerSignal>();
        services.AddSingleton<PeerBlocks>();
        services.AddSingleton<PeeringReceiver>();
        services.AddHostedService<PeeringMessenger>();
    }

    public static void MapFederation(this IEndpointRouteBuilder routes) => PeeringWire.Map(routes);
}
