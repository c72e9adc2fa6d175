namespace Coop.Ledger.Periods;

/// <summary>A request to open closed days again.</summary>
/// <param name="Id">A UUIDv7.</param>
/// <param name="OpenFrom">The first day that shall be open.</param>
/// <param name="Reason">Why, 1 to 500 characters.</param>
/// <param name="RequestedBy">Who asks.</param>
/// <param name="RequestedAs">In which role.</param>
/// <param name="IsApproved">Whether it was carried out; it is carried out once.</param>
public sealed record Reopening(
    Guid Id, DateOnly OpenFrom, string Reason, MemberId RequestedBy, PeriodRole RequestedAs, bool IsApproved)
{
    /// <summary>Judges an approval; the database holds the rule of two people in two roles as well.</summary>
    /// <param name="approver">Who agrees.</param>
    /// <param name="role">In which role.</param>
    /// <param name="openFrom">The first open day as it is.</param>
    public PeriodRefusal Judge(MemberId approver, PeriodRole role, DateOnly openFrom) =>
        IsApproved ? PeriodRefusal.Done
        : approver == RequestedBy || role == RequestedAs ? PeriodRefusal.NotTwoRoles
        : OpenFrom >= openFrom ? PeriodRefusal.NotClosed
        : PeriodRefusal.None;
}
