using Coop.Node.Features.Outbox;

namespace Coop.Node.Features.Claims;

/// <summary>Claims between co-ops: consented to, sent, received, withdrawn.</summary>
public static class ClaimsEndpoints
{
    public static void AddClaims(this IServiceCollection services)
    {
        services.AddSingleton<ClaimCredentials>();
        services.AddSingleton<ClaimSending>();
        services.AddSingleton<PeerCredentials>();
        services.AddSingleton<ReceivingDesk>();
        services.AddSingleton<IOutboxHandler, ClaimMessages>();
        services.AddSingleton<IOutboxHandler, WithdrawalMessages>();
        services.AddSingleton<ClaimSweep>();
        services.AddHostedService<ClaimSweeper>();
    }

    /// <summary>For the co-op's own pages.</summary>
    public static void MapClaims(this IEndpointRouteBuilder api)
    {
        ListMyConsents.Map(api);
        GiveConsent.Map(api);
        WithdrawConsent.Map(api);
        ListConsents.Map(api);
        SendClaim.Map(api);
        ListClaims.Map(api);
        WithdrawClaim.Map(api);
        ListReceivedClaims.Map(api);
        ReadReceivedClaim.Map(api);
    }

    /// <summary>For peers.</summary>
    public static void MapClaimsOfPeers(this IEndpointRouteBuilder federation)
    {
        TakeClaim.Map(federation);
        GiveReceipt.Map(federation);
        TakeWithdrawal.Map(federation);
    }
}
