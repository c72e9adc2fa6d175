using Coop.Identity.Credentials;
using Coop.Identity.Dids;
using Coop.Identity.Status;

namespace Coop.Node.Features.Presenting;

/// <summary>The node as a verifier: guests sign in with the credentials of co-ops that this one trusts.</summary>
public static class PresentingEndpoints
{
    public static void AddPresenting(this IServiceCollection services)
    {
        services.AddSingleton<RequestObject>();
        services.AddSingleton<IStatusSource, HttpStatusSource>();
        services.AddSingleton(p => new CredentialVerifier(
            p.GetRequiredService<IDidResolver>(), p.GetRequiredService<IStatusSource>(), p.GetRequiredService<TimeProvider>()));
    }

    /// <summary>For wallets.</summary>
    public static void MapPresentations(this IEndpointRouteBuilder app)
    {
        var verifier = app.MapGroup("").WithTags("Presenting");
        ReadRequest.Map(verifier);
        TakeResponse.Map(verifier);
    }

    /// <summary>For the co-op's own pages.</summary>
    public static void MapPresenting(this IEndpointRouteBuilder api)
    {
        StartPresentation.Map(api);
        FinishPresentation.Map(api);
        ListTrustedIssuers.Map(api);
        TrustIssuer.Map(api);
        DistrustIssuer.Map(api);
    }
}
