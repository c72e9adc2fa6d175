namespace Coop.Node.Features.Wallet;

/// <summary>The member's wallet: what it asks of the node in order to show credentials elsewhere.</summary>
public static class WalletEndpoints
{
    public static void AddWallet(this IServiceCollection services) => services.AddSingleton<RequestReader>();

    public static void MapWallet(this IEndpointRouteBuilder api)
    {
        OpenPresentation.Map(api);
        SendPresentation.Map(api);
        ListPresentations.Map(api);
    }
}
