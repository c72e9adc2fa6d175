namespace Coop.Ledger.Shares;

/// <summary>Why something with shares is refused; where several hold, the first is answered.</summary>
public enum ShareRefusal
{
    /// <summary>It is allowed.</summary>
    None = 0,

    /// <summary>The notice was redeemed or withdrawn.</summary>
    NoticeOver,

    /// <summary>What was asked for was accepted, declined or taken back.</summary>
    RequestOver,

    /// <summary>The day on which the shares may be redeemed has not come.</summary>
    NotDue,

    /// <summary>The member does not hold as many shares without notice.</summary>
    NotEnoughShares,

    /// <summary>At par the shares of one member would come to more than 2^63 - 1 minor units.</summary>
    TooManyShares,

    /// <summary>More would be paid in than the shares cost.</summary>
    Overpaid,
}
