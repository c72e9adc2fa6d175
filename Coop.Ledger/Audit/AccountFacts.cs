using Coop.Ledger.Accounts;

namespace Coop.Ledger.Audit;

/// <summary>An account, by the log or by the books.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Unit">The code of its unit.</param>
/// <param name="Type">Asset, liability, equity, income or expense.</param>
/// <param name="FloorMinor">What its normal balance may not go below.</param>
/// <param name="CeilingMinor">What it may not go above.</param>
/// <param name="IsPlaceholder">Whether it is a heading.</param>
/// <param name="IsClosed">Whether it is closed.</param>
public sealed record AccountFacts(
    Guid Id, string Unit, AccountType Type, long? FloorMinor, long? CeilingMinor, bool IsPlaceholder, bool IsClosed)
{
    /// <summary>Whether a step between two balances (debits positive) passes a limit; a step back never does.</summary>
    internal bool Exceeds(Int128 before, Int128 after)
    {
        var (from, to) = (before * Type.NormalSign(), after * Type.NormalSign());
        return (to < from && to < FloorMinor) || (to > from && to > CeilingMinor);
    }
}

/// <summary>What the replay knows of an account.</summary>
internal sealed class AccountReplay(AccountFacts facts)
{
    /// <summary>As the log's last word is.</summary>
    public AccountFacts Facts { get; set; } = facts;

    /// <summary>As it was before its last change.</summary>
    public AccountFacts Before { get; set; } = facts;

    /// <summary>When its limits were last changed, by the log's own times.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>The sum of what the log tells of, debits positive.</summary>
    public Int128 Sum { get; set; }

    /// <summary>How many postings the log tells of.</summary>
    public long Count { get; set; }

    /// <summary>The sum of the postings in the books.</summary>
    public Int128 BookSum { get; set; }

    /// <summary>The number of the last posting in the books.</summary>
    public long BookSeq { get; set; }

    /// <summary>Of those that wait for the log.</summary>
    public (Int128 Sum, long Count) Waiting { get; set; }
}
