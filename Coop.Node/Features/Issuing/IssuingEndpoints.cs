namespace Coop.Node.Features.Issuing;

/// <summary>The node as an issuer to wallets: OpenID4VCI 1.0, with pre-authorized codes.</summary>
public static class IssuingEndpoints
{
    public static void AddIssuing(this IServiceCollection services) => services.AddSingleton<IssuerAddresses>();

    public static void MapIssuing(this IEndpointRouteBuilder app)
    {
        var issuer = app.MapGroup("").WithTags("Issuing");
        IssuerMetadata.Map(issuer);
        ReadOffer.Map(issuer);
        GiveToken.Map(issuer);
        GiveNonce.Map(issuer);
        GiveCredentials.Map(issuer);
    }
}
