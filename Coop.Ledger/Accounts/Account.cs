using Coop.Ledger.Units;

namespace Coop.Ledger.Accounts;

/// <summary>An account of the chart of accounts.</summary>
/// <param name="Id">A UUIDv7.</param>
/// <param name="Code">Its number in the chart, unique where there is one.</param>
/// <param name="Name">As people read it, 1 to 100 characters.</param>
/// <param name="Unit">What it is kept in; every posting on it is in this unit.</param>
/// <param name="Type">Asset, liability, equity, income or expense.</param>
/// <param name="Owner">The member that it is kept for, if any.</param>
/// <param name="FloorMinor">
/// What its balance in the normal direction may not go below; null for no floor.
/// </param>
public sealed record Account(
    AccountId Id,
    string? Code,
    string Name,
    UnitCode Unit,
    AccountType Type,
    MemberId? Owner,
    long? FloorMinor)
{
    /// <summary>What its balance in the normal direction may not go above; null for no ceiling.</summary>
    public long? CeilingMinor { get; init; }

    /// <summary>A heading of the chart: nothing is posted on it.</summary>
    public bool IsPlaceholder { get; init; }

    /// <summary>Closed for good; nothing is posted on it any more.</summary>
    public bool IsClosed { get; init; }

    /// <summary>
    /// Whether members may pay from it and to it by themselves: it says what the co-op owes a member.
    /// Only such an account shrinks by a debit; on an asset the same debit would be money made up by
    /// the one who pays.
    /// </summary>
    public bool IsPayable => Owner is not null && Type == AccountType.Liability;

    /// <summary>The floor of a new account: a member's account is kept at zero or above unless said otherwise.</summary>
    public static long? DefaultFloor(MemberId? owner) => owner is null ? null : 0;
}
