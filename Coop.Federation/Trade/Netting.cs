namespace Coop.Federation.Trade;

/// <summary>What the people of this co-op say to a netting.</summary>
public enum NettingApproval
{
    Waiting,
    Approved,
    Refused,
}

/// <summary>A netting as this side has it.</summary>
/// <param name="Plan">What is proposed.</param>
/// <param name="Approval">Of this co-op; the proposer's own is given with the proposal.</param>
/// <param name="Decision">The proposer's; null while it is not known here.</param>
/// <param name="In">Where the leg stands on which the creditor pays this co-op; null where it is not known.</param>
/// <param name="Out">Where the leg stands on which this co-op pays its debtor; null where it was not offered.</param>
public sealed record Netting(
    NettingPlan Plan, NettingApproval Approval, NettingDecision? Decision, TransferState? In, TransferState? Out)
{
    /// <summary>Whether nothing more is to come on a side.</summary>
    /// <param name="did">Whose side this is.</param>
    public bool IsOver(string did) => IsEnded(In) && IsEnded(Out) && Decision switch
    {
        { IsCommit: true } => In is not null && Out is not null,
        { IsCommit: false } => true,

        // Others may wait for the proposer's word even where its own legs have ended.
        null => In is not null && did != Plan.Proposer,
    };

    private static bool IsEnded(TransferState? leg) => leg is null || leg.Value.IsFinal();
}

/// <summary>What a node does next on one leg.</summary>
public enum NettingAct
{
    Offer,
    Accept,
    Reject,
    Commit,
    Abort,

    /// <summary>The proposer decides that all is paid.</summary>
    DecideCommit,

    /// <summary>The proposer decides that nothing is.</summary>
    DecideAbort,
}

/// <summary>
/// How the legs of a netting hang together. Each co-op offers its own leg before it accepts the one before it, and
/// accepts that only when its own was accepted; so the acceptance that reaches the proposer says that all have
/// promised. A leg that was offered ends by its payee's rejection or by the proposer's decision, and by no clock. Pure.
/// </summary>
public static class NettingRules
{
    /// <summary>What is this node's to do with a peer; null where it waits.</summary>
    /// <param name="netting">As it is here.</param>
    /// <param name="did">This node.</param>
    /// <param name="peer">With whom.</param>
    /// <param name="now">The node's time.</param>
    public static NettingAct? Next(Netting netting, string did, string peer, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(netting);
        var plan = netting.Plan;
        var isProposer = plan.Proposer == did;
        return peer == plan.DebtorOf(did) ? NextOut(netting, isProposer, now)
            : peer == plan.CreditorOf(did) ? NextIn(netting, isProposer, now)
            : null;
    }

    /// <summary>Whether the proposer's word is wanted here and should have come.</summary>
    public static bool IsAsked(Netting netting, string did, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(netting);
        return netting.Decision is null && netting.Plan.Proposer != did
            && (netting.In == TransferState.Promised || netting.Out is TransferState.Prepared or TransferState.Accepted)
            && (now > netting.Plan.ValidUntil + TradeEngine.AskAfter || netting.In is TransferState.Refused or TransferState.Aborted);
    }

    private static NettingAct? NextOut(Netting netting, bool isProposer, DateTimeOffset now) => (netting.Out, netting.Decision?.IsCommit) switch
    {
        // It was promised, and both sides of the leg forgot it when they were put back.
        (null, true) => netting.Approval == NettingApproval.Approved ? NettingAct.Offer : null,
        (null, null) when !isProposer => netting is { Approval: NettingApproval.Approved, In: TransferState.Offered }
            && now <= netting.Plan.ValidUntil ? NettingAct.Offer : null,
        (TransferState.Accepted, true) => NettingAct.Commit,
        (TransferState.Prepared or TransferState.Accepted, false) => NettingAct.Abort,
        (_, null) when isProposer => Decide(netting, now),
        _ => null,
    };

    private static NettingAct? Decide(Netting netting, DateTimeOffset now) =>
        netting.Out is not (TransferState.Prepared or TransferState.Accepted) || netting.Approval == NettingApproval.Refused
            || netting.In is TransferState.Refused or TransferState.Aborted || now > netting.Plan.ValidUntil
                ? NettingAct.DecideAbort
                : netting is { Out: TransferState.Accepted, In: TransferState.Promised } ? NettingAct.DecideCommit : null;

    private static NettingAct? NextIn(Netting netting, bool isProposer, DateTimeOffset now) =>
        netting.In != TransferState.Offered ? null
        : netting.Decision is { IsCommit: false } ? NettingAct.Reject
        : isProposer ? NextOfProposer(netting, now)
        : netting.Approval == NettingApproval.Refused ? NettingAct.Reject
        : netting.Out switch
        {
            null => netting.Decision is null && now > netting.Plan.ValidUntil ? NettingAct.Reject : null,
            TransferState.Prepared => null,
            // Past the time it may have promised before it was put back: only the proposer's word tells.
            TransferState.Accepted => netting.Decision is not null || now <= netting.Plan.ValidUntil ? NettingAct.Accept : null,
            TransferState.Committed or TransferState.Closed => NettingAct.Accept,
            _ => NettingAct.Reject,
        };

    // It rejects by deciding, which asks the debtor first.
    private static NettingAct? NextOfProposer(Netting netting, DateTimeOffset now) =>
        netting.Decision is not null
        || (netting.Approval == NettingApproval.Approved && now <= netting.Plan.ValidUntil
            && netting.Out is TransferState.Prepared or TransferState.Accepted)
            ? NettingAct.Accept
            : null;
}
