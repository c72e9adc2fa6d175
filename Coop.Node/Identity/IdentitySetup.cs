using Coop.Identity.Dids;
using Coop.Identity.Net;

namespace Coop.Node.Identity;

/// <summary>The node's own identity, and how it looks up that of others.</summary>
public static class IdentitySetup
{
    /// <summary>
    /// <c>COOP_ALLOW_LOCAL_FETCHES</c> = <c>true</c>: the node also asks http addresses and private ones when
    /// it looks up what others name. For development, and for co-ops that share a closed network.
    /// </summary>
    public const string AllowLocalKey = "COOP_ALLOW_LOCAL_FETCHES";

    public static void AddIdentity(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var isLocalAllowed = configuration.GetValue<bool>(AllowLocalKey);
        services.AddSingleton(_ => new OutboundHttp(
            new OutboundOptions { AllowHttp = isLocalAllowed, AllowPrivateAddresses = isLocalAllowed }));
        services.AddSingleton<IDidResolver, DidResolver>();
        services.AddSingleton<NodeIdentity>();
        // After the log, which takes the event; before the web server, which answers with the DID.
        services.AddHostedService(provider => provider.GetRequiredService<NodeIdentity>());
    }

    public static void MapIdentity(this IEndpointRouteBuilder app) => DidEndpoints.Map(app);
}
