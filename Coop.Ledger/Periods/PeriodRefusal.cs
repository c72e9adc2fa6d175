namespace Coop.Ledger.Periods;

/// <summary>Why a change of the closed period is refused; the first that holds is answered.</summary>
public enum PeriodRefusal
{
    /// <summary>It is not.</summary>
    None = 0,

    /// <summary>The request was carried out already.</summary>
    Done,

    /// <summary>Who agrees must be another person, in the other role.</summary>
    NotTwoRoles,

    /// <summary>The days are open as it is; or, for a closing, closed.</summary>
    NotClosed,
}
