namespace Coop.Federation.Trade;

/// <summary>
/// What a message does to a transfer, whoever signed it: the whole protocol as one table (specs/trade.md). The same
/// rule takes a message that this node signs now, one that arrives, and one of its own that it learns back from the
/// peer after a restore; so the state of a side is a function of the two chains alone. Pure.
/// </summary>
public static class TransferRules
{
    /// <summary>The transfer after a message, and what that does to the books.</summary>
    /// <param name="transfer">As it is here; null where it is not known.</param>
    /// <param name="isOwn">Whether this node signed the message.</param>
    /// <param name="message">About a transfer.</param>
    /// <exception cref="TradeException">The message does not follow: <see cref="TradeCodes.Breach"/>.</exception>
    public static (Transfer After, TradeEffect Effect) Apply(Transfer? transfer, bool isOwn, TradeMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Body is ResolveBody resolve)
        {
            return (ResolutionRules.Apply(transfer ?? throw Breach(message), isOwn, resolve.IsPaid), TradeEffect.None);
        }

        return transfer is null ? Begin(isOwn, message) : Continue(transfer, isOwn, message);
    }

    private static (Transfer After, TradeEffect Effect) Begin(bool isOwn, TradeMessage message)
    {
        var role = isOwn ? TradeRole.Payer : TradeRole.Payee;
        var peer = isOwn ? message.To : message.From;
        return message switch
        {
            { Step: TradeStep.Prepare, Body: PrepareBody body } => (
                new(body.Id, peer, role, isOwn ? TransferState.Prepared : TransferState.Offered, body.Offer),
                isOwn ? TradeEffect.Reserve : TradeEffect.None),
            // The payer's node was asked about what it does not know: that is now certain for good.
            { Step: TradeStep.Abort, Body: TransferBody body } => (
                new(body.Id, peer, role, TransferState.Aborted, null, body.Reason), TradeEffect.None),
            _ => throw Breach(message),
        };
    }

    private static (Transfer After, TradeEffect Effect) Continue(Transfer transfer, bool isOwn, TradeMessage message)
    {
        var reason = (message.Body as TransferBody)?.Reason;
        if (!HasItsDecision(transfer, message))
        {
            throw Breach(message);
        }

        return (transfer.Role, isOwn, message.Step, transfer.State) switch
        {
            (TradeRole.Payer, false, TradeStep.Accept, TransferState.Prepared) => To(TransferState.Accepted),
            (TradeRole.Payer, false, TradeStep.Accept, TransferState.Aborted) => To(TransferState.Aborted),
            (TradeRole.Payer, false, TradeStep.Reject, TransferState.Prepared) => To(TransferState.Rejected, TradeEffect.Release),
            (TradeRole.Payer, false, TradeStep.Reject, TransferState.Aborted) => To(TransferState.Aborted),
            (TradeRole.Payer, true, TradeStep.Commit, TransferState.Accepted) => To(TransferState.Committed, TradeEffect.Pay),
            (TradeRole.Payer, true, TradeStep.Abort, TransferState.Prepared or TransferState.Accepted) =>
                To(TransferState.Aborted, TradeEffect.Release),
            (TradeRole.Payer, false, TradeStep.Receipt, TransferState.Committed) => To(TransferState.Closed),

            (TradeRole.Payee, true, TradeStep.Accept, TransferState.Offered) => To(TransferState.Promised, TradeEffect.Promise),
            (TradeRole.Payee, true, TradeStep.Reject, TransferState.Offered) => To(TransferState.Refused),
            (TradeRole.Payee, false, TradeStep.Commit, TransferState.Promised) => To(TransferState.Due),
            (TradeRole.Payee, true, TradeStep.Receipt, TransferState.Due) => To(TransferState.Credited, TradeEffect.Credit),
            (TradeRole.Payee, false, TradeStep.Abort, TransferState.Offered) => To(TransferState.Aborted),
            (TradeRole.Payee, false, TradeStep.Abort, TransferState.Promised) => To(TransferState.Aborted, TradeEffect.Forgive),
            (TradeRole.Payee, false, TradeStep.Abort, TransferState.Refused) => To(TransferState.Refused),
            _ => throw Breach(message),
        };

        (Transfer, TradeEffect) To(TransferState state, TradeEffect effect = TradeEffect.None) => (
            transfer with { State = state, Reason = state == transfer.State ? transfer.Reason : reason }, effect);
    }

    // Legs of nettings end by their proposer's word, or by that of the people of both sides.
    private static bool HasItsDecision(Transfer transfer, TradeMessage message)
    {
        var decision = (message.Body as TransferBody)?.Decision;
        return transfer.Offer?.NettingId is { } netting && message.Step is TradeStep.Commit or TradeStep.Abort
            ? decision is null
                ? transfer.Agreed == (message.Step == TradeStep.Commit)
                : decision.Netting == netting && decision.IsCommit == (message.Step == TradeStep.Commit)
            : decision is null;
    }

    private static TradeException Breach(TradeMessage message) => new(
        TradeCodes.Breach, $"\"{TradeSteps.NameOf(message.Step)}\" does not follow from what was said before.");
}
