namespace Coop.Federation.Trade;

/// <summary>Which side of a transfer this node is on.</summary>
public enum TradeRole
{
    Payer,
    Payee,
}

/// <summary>Where a transfer stands on this side.</summary>
public enum TransferState
{
    /// <summary>Payer: reserved and offered.</summary>
    Prepared,

    /// <summary>Payer: promised by the other side, not decided here yet.</summary>
    Accepted,

    /// <summary>Payer: rejected by the other side, released. Final.</summary>
    Rejected,

    /// <summary>Payer: decided, paid. The receipt is still to come.</summary>
    Committed,

    /// <summary>Payer: credited on the other side. Final.</summary>
    Closed,

    /// <summary>Payee: offered, not answered here yet.</summary>
    Offered,

    /// <summary>Payee: promised. Only the payer's node can end this; it is asked, and nothing times out.</summary>
    Promised,

    /// <summary>Payee: rejected here. Final.</summary>
    Refused,

    /// <summary>Payee: the payer's node has paid; not credited here yet.</summary>
    Due,

    /// <summary>Payee: credited. Final.</summary>
    Credited,

    /// <summary>Either: the payer's node decided that it is not paid, or never knew of it. Final.</summary>
    Aborted,
}

/// <summary>A transfer as this side has it.</summary>
/// <param name="Id">Named by the payer's node.</param>
/// <param name="PeerDid">The other side.</param>
/// <param name="Role">Which side this is.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Offer">What was offered; null for the tombstone of what was never known here.</param>
/// <param name="Reason">Why it was rejected or aborted.</param>
public sealed record Transfer(
    Guid Id, string PeerDid, TradeRole Role, TransferState State, TradeOffer? Offer, string? Reason = null)
{
    /// <summary>What this side's people have signed that it is to count as: paid or not; null for nothing.</summary>
    public bool? OurWord { get; init; }

    /// <summary>What the other side's have.</summary>
    public bool? TheirWord { get; init; }

    /// <summary>What both have said; null while they have not said the same.</summary>
    public bool? Agreed => OurWord == TheirWord ? OurWord : null;

    /// <summary>Whether nothing more is to come.</summary>
    public bool IsFinal => State.IsFinal();

    /// <summary>Whether this side has moved the balance between the two, and does not know that the other has, or the reverse.</summary>
    public bool IsInFlight => State is TransferState.Committed or TransferState.Due;
}

public static class TransferStates
{
    /// <summary>Whether nothing more is to come.</summary>
    public static bool IsFinal(this TransferState state) => state is TransferState.Rejected or TransferState.Closed
        or TransferState.Refused or TransferState.Credited or TransferState.Aborted;
}
