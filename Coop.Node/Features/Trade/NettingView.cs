using Coop.Federation.Trade;

namespace Coop.Node.Features.Trade;

/// <summary>Where a netting stands.</summary>
public enum NettingState
{
    /// <summary>This co-op's approval is asked for.</summary>
    Waiting,
    Approved,

    /// <summary>By this co-op, or its debtor does not owe as much; the proposer's word is still to come.</summary>
    Refused,

    /// <summary>The proposer has decided: all legs are paid.</summary>
    Committed,

    /// <summary>The proposer has decided: none is.</summary>
    Aborted,
}

/// <summary>A netting over a ring of co-ops.</summary>
/// <param name="Id">Out of the hash of the signed plan.</param>
/// <param name="Proposer">The DID of the co-op that proposed it and decides.</param>
/// <param name="IsOurs">Whether that is this one.</param>
/// <param name="Ring">DIDs: each is owed by the next, the last by the first.</param>
/// <param name="Unit">The unit's code.</param>
/// <param name="AmountMinor">By how much each debt shrinks, in minor units.</param>
/// <param name="ValidUntil">Until when the proposer may decide that it is done.</param>
/// <param name="State">Where it stands.</param>
/// <param name="IsOver">Whether nothing more is to come here.</param>
/// <param name="InPeer">The co-op that this one owes.</param>
/// <param name="InState">The transfer from it; null where it is not known.</param>
/// <param name="OutPeer">The co-op that owes this one.</param>
/// <param name="OutState">The transfer to it; null where it was not offered.</param>
/// <param name="CreatedAt">When it was first known here.</param>
public sealed record NettingView(
    Guid Id, string Proposer, bool IsOurs, IReadOnlyList<string> Ring, string Unit, long AmountMinor, DateTimeOffset ValidUntil,
    NettingState State, bool IsOver, string InPeer, TransferState? InState, string OutPeer, TransferState? OutState, DateTimeOffset CreatedAt)
{
    internal static NettingView Of(NettingRow row, string did)
    {
        var (netting, plan) = (row.Netting, row.Netting.Plan);
        return new(
            plan.Id, plan.Proposer, plan.Proposer == did, plan.Ring, plan.Unit, plan.AmountMinor, plan.ValidUntil, StateOf(netting),
            netting.IsOver(did), plan.CreditorOf(did), netting.In, plan.DebtorOf(did), netting.Out, row.CreatedAt);
    }

    private static NettingState StateOf(Netting netting) => netting.Decision switch
    {
        { IsCommit: true } => NettingState.Committed,
        { IsCommit: false } => NettingState.Aborted,
        null => netting.Approval switch
        {
            NettingApproval.Waiting => NettingState.Waiting,
            NettingApproval.Approved => NettingState.Approved,
            _ => NettingState.Refused,
        },
    };
}
