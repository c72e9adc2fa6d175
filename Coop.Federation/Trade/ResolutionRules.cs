namespace Coop.Federation.Trade;

/// <summary>
/// What becomes of a transfer that stays in doubt: the people of both sides sign the same outcome, each in its own
/// chain. The two messages are the record. The payer's node then decides accordingly, whatever the clock or the
/// proposer of a netting says. Pure; specs/trade.md, Resolution.
/// </summary>
public static class ResolutionRules
{
    /// <summary>Whether this side may sign that.</summary>
    public static bool MaySay(Transfer transfer, bool isPaid)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        return transfer.OurWord != isPaid && transfer.State switch
        {
            TransferState.Prepared or TransferState.Offered => !isPaid,
            TransferState.Accepted or TransferState.Promised => true,
            _ => false,
        };
    }

    /// <summary>The transfer after one side has signed. A later word of the same side takes the place of the one before.</summary>
    /// <exception cref="TradeException">This side may not say so.</exception>
    internal static Transfer Apply(Transfer transfer, bool isOwn, bool isPaid)
    {
        if (isOwn)
        {
            return MaySay(transfer, isPaid)
                ? transfer with { OurWord = isPaid }
                : throw new TradeException(TradeCodes.Breach, "That cannot be said of the transfer any more.");
        }

        // It may have been decided while the word was under way.
        return transfer.IsFinal ? transfer : transfer with { TheirWord = isPaid };
    }
}
