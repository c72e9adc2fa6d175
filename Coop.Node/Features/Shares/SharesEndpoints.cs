namespace Coop.Node.Features.Shares;

/// <summary>Members' share capital. Specified in specs/shares.md.</summary>
public static class SharesEndpoints
{
    public static void MapShares(this IEndpointRouteBuilder api)
    {
        ArgumentNullException.ThrowIfNull(api);
        var shares = api.MapGroup("/shares").WithTags("Shares");
        ListShareClasses.Map(shares);
        CreateShareClass.Map(shares);
        AskForShares.Map(shares);
        AnswerShareRequest.Map(shares);
        ListShareRequests.Map(shares);
        SubscribeShares.Map(shares);
        PayInShares.Map(shares);
        TransferShares.Map(shares);
        GiveShareNotice.Map(shares);
        WithdrawShareNotice.Map(shares);
        RedeemShares.Map(shares);
        ListShareNotices.Map(shares);
        ListShareHoldings.Map(shares);
        GetShareStatement.Map(shares);
    }
}
