namespace Coop.Federation.Trade;

/// <summary>Whether an offer may stand, and what the payer's node decides. Pure.</summary>
public static class OfferRules
{
    /// <summary>The longest time for which an offer may stand.</summary>
    public static readonly TimeSpan MaxValidity = TimeSpan.FromDays(30);

    /// <summary>Why an offer may not be begun: the first that holds, in this order; null where it may.</summary>
    /// <param name="offer">What is offered.</param>
    /// <param name="position">What the two owe each other, without this offer.</param>
    /// <param name="allowance">What the terms say.</param>
    /// <param name="isOwn">Whether this side pays.</param>
    /// <param name="now">The node's time.</param>
    public static string? Refuse(TradeOffer offer, TradePosition position, TradeAllowance allowance, bool isOwn, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(offer);
        ArgumentNullException.ThrowIfNull(position);
        ArgumentNullException.ThrowIfNull(allowance);
        if (!allowance.IsOpen)
        {
            return TradeCodes.Peering;
        }

        if (now > offer.ValidUntil || offer.ValidUntil > now + MaxValidity)
        {
            return TradeCodes.Expired;
        }

        // Without a limit a co-op may still pay what it is owed back.
        // A netting only lowers what is owed.
        var limits = isOwn ? allowance.WeMayOwe : allowance.TheyMayOwe;
        var limit = offer.Kind == TradeKind.Netting ? 0 : limits.GetValueOrDefault(offer.Unit);
        var fits = isOwn ? position.WeMayOwe(offer.AmountMinor, limit) : position.TheyMayOwe(offer.AmountMinor, limit);
        return fits ? null : limits.ContainsKey(offer.Unit) ? TradeCodes.Limit : TradeCodes.Unit;
    }

    /// <summary>What is this node's to say on a transfer that is offered to nobody here; null where it waits.</summary>
    public static (TradeStep Step, string? Reason)? Decide(Transfer transfer, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        var isOver = transfer.Offer is { } offer && now > offer.ValidUntil;
        return transfer.State switch
        {
            // What people have given their word on waits for the others'; the legs of nettings have rules of their own.
            TransferState.Accepted when transfer.Agreed == true => (TradeStep.Commit, null),
            TransferState.Accepted or TransferState.Prepared when transfer.Agreed == false => (TradeStep.Abort, TradeCodes.Resolved),
            not TransferState.Due when transfer.OurWord is not null || transfer.Offer?.NettingId is not null => null,
            TransferState.Accepted or TransferState.Prepared when isOver => (TradeStep.Abort, TradeCodes.Expired),
            TransferState.Accepted => (TradeStep.Commit, null),
            TransferState.Due => (TradeStep.Receipt, null),
            _ => null,
        };
    }
}
