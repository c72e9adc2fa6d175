using Coop.Federation.Trade;
using Coop.Node.Http;

namespace Coop.Node.Features.Trade;

/// <summary>What is answered to what the rules of trade refuse.</summary>
internal static class TradeProblems
{
    public static RefusalException Of(TradeException e) => e.Code switch
    {
        TradeCodes.Recovering => ProblemTypes.TradeRecovering.With(e.Message),
        TradeCodes.Frozen => ProblemTypes.TradeFrozen.With("Look at the evidence, and thaw it when that is settled."),
        TradeCodes.Peering => ProblemTypes.NoPeering.With("Both co-ops must grant trade in an active peering."),
        TradeCodes.Unit => ProblemTypes.TradeLimit.With("The terms give no credit in this unit."),
        TradeCodes.Limit => ProblemTypes.TradeLimit.With("The credit of the terms is used up, with what is under way."),
        TradeCodes.Busy => ProblemTypes.TradeBusy.With("Wait until some are decided."),
        TradeCodes.Expired => Fields.Invalid("validForSeconds", "must be from 1 to 2592000."),
        TradeCodes.Gap => ProblemTypes.TradeGap.With(e.Message),
        TradeCodes.Fork => ProblemTypes.TradeFork.With(e.Message),
        _ => ProblemTypes.TradeRefused.With($"{e.Message} ({e.Code})"),
    };

    public static T Checked<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (TradeException e)
        {
            throw Of(e);
        }
    }

    public static async Task<T> CheckedAsync<T>(Func<Task<T>> action)
    {
        try
        {
            return await action();
        }
        catch (TradeException e)
        {
            throw Of(e);
        }
    }
}
