namespace Coop.Node.Features.Ledger;

/// <summary>Which days are closed, and how that came about.</summary>
/// <param name="OpenFrom">The first day that a journal may count for.</param>
/// <param name="Changes">The newest 100, the newest first.</param>
/// <param name="Reopenings">The newest 100 requests, the newest first.</param>
public sealed record PeriodsView(
    DateOnly OpenFrom, IReadOnlyList<PeriodsView.Change> Changes, IReadOnlyList<PeriodsView.Reopening> Reopenings)
{
    /// <param name="Number">Its number in the books.</param>
    /// <param name="OpenBefore">The first open day before it.</param>
    /// <param name="OpenFrom">The first open day after it.</param>
    /// <param name="ChangedAt">When.</param>
    /// <param name="ChangedBy">Who closed, or agreed to the reopening.</param>
    /// <param name="ReopeningId">The request, for a reopening.</param>
    /// <param name="EventId">Its event.</param>
    public sealed record Change(
        long Number, DateOnly OpenBefore, DateOnly OpenFrom, DateTimeOffset ChangedAt, MemberView ChangedBy,
        Guid? ReopeningId, Guid EventId);

    /// <param name="Id">The request's id.</param>
    /// <param name="OpenFrom">The first day that shall be open.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="RequestedAt">When.</param>
    /// <param name="RequestedBy">Who asks.</param>
    /// <param name="RequestedAs">In which role, <c>admin</c> or <c>treasurer</c>.</param>
    /// <param name="IsApproved">Whether somebody in the other role agreed.</param>
    public sealed record Reopening(
        Guid Id, DateOnly OpenFrom, string Reason, DateTimeOffset RequestedAt, MemberView RequestedBy,
        string RequestedAs, bool IsApproved);
}
