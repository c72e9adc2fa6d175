using Coop.Federation.Trade;

namespace Coop.Node.Features.Trade;

/// <summary>Trade with other co-ops: specs/trade.md.</summary>
public static class TradeSetup
{
    public static void AddTrade(this IServiceCollection services)
    {
        services.AddSingleton<TradeStore>();
        services.AddSingleton<ITradeStore>(p => p.GetRequiredService<TradeStore>());
        services.AddSingleton<ITradeSigner, TradeSigner>();
        services.AddSingleton<ITradeLink, TradeLink>();
        services.AddSingleton<TradeDesk>();
        services.AddSingleton<TradeEngine>();
        services.AddSingleton<TradeSignal>();
        services.AddSingleton<TradePaying>();
        services.AddHostedService<TradeCourier>();
    }

    /// <summary>For the co-op's own pages.</summary>
    public static void MapTrade(this IEndpointRouteBuilder api)
    {
        var trade = api.MapGroup("/trade").WithTags("Trade");
        PayPeer.Map(trade);
        ListTransfers.Map(trade);
        GetTransfer.Map(trade);
        CancelTransfer.Map(trade);
        ListTradePeers.Map(trade);
        SettleWithPeer.Map(trade);
        ListInDoubt.Map(trade);
        ListStatements.Map(trade);
        ThawTrade.Map(trade);
        ResolveTransfer.Map(trade);
        ListNettings.Map(trade);
        FindNettings.Map(trade);
        ProposeNetting.Map(trade);
        ApproveNetting.Map(trade);
    }

    /// <summary>For peers.</summary>
    public static void MapTradeOfPeers(this IEndpointRouteBuilder federation) => TradeWire.Map(federation);
}
