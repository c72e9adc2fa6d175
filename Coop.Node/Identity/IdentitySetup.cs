namespace Coop.Node.Identity;

/// <summary>The node's own identity, and how it looks up that of others.</summary>
public static class IdentitySetup
{
    public static void AddIdentity(this IServiceCollection services)
    {
        services.AddSingleton<NodeIdentity>();
        // After the log, which takes the event; before the web server, which answers with the DID.
        services.AddHostedService(provider => provider.GetRequiredService<NodeIdentity>());
    }

    public static void MapIdentity(this IEndpointRouteBuilder app) => DidEndpoints.Map(app);
}
