namespace Coop.Node.Governance;

/// <summary>When a proposal may close: after it opens, and within a year.</summary>
public static class ClosingTime
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    public static bool IsValid(DateTimeOffset closesAt, DateTimeOffset now) =>
        closesAt > now && closesAt - now <= Longest;
}
