using Coop.Ledger.Accounts;
using Coop.Node.Http;

namespace Coop.Node.Features.Ledger;

/// <summary>
/// An account. Its balances and limits are null to a member where the account is another member's.
/// </summary>
/// <param name="Id">The account's id.</param>
/// <param name="Code">Its number in the chart of accounts, if it has one.</param>
/// <param name="Name">As people read it.</param>
/// <param name="Unit">The code of the unit that it is kept in.</param>
/// <param name="Type">Asset, liability, equity, income or expense.</param>
/// <param name="Owner">The member that it is kept for, if any.</param>
/// <param name="FloorMinor">What <c>normalBalanceMinor</c> may not go below, in minor units; null for no floor.</param>
/// <param name="BalanceMinor">The sum of its postings in minor units: debits positive, credits negative.</param>
/// <param name="NormalBalanceMinor">
/// The balance in minor units as the account's type grows: the same for assets and expenses, turned
/// round for the others.
/// </param>
/// <param name="CeilingMinor">What <c>normalBalanceMinor</c> may not go above, in minor units; null for no ceiling.</param>
/// <param name="AvailableMinor"><c>normalBalanceMinor</c> less what pending journals will take from it.</param>
/// <param name="ParentId">The account that it stands below, if any.</param>
/// <param name="IsPlaceholder">Whether it is a heading, on which nothing is posted.</param>
/// <param name="IsClosed">Whether it takes no more postings.</param>
public sealed record AccountView(
    Guid Id,
    string? Code,
    string Name,
    string Unit,
    AccountType Type,
    MemberView? Owner,
    long? FloorMinor,
    long? BalanceMinor,
    long? NormalBalanceMinor,
    long? CeilingMinor,
    long? AvailableMinor,
    Guid? ParentId,
    bool IsPlaceholder,
    bool IsClosed)
{
    /// <summary>
    /// The co-op's own accounts are open to every member; a member's account to that member and to
    /// whoever keeps or audits the books.
    /// </summary>
    public bool IsOpenTo(CurrentMember me)
    {
        ArgumentNullException.ThrowIfNull(me);
        return Owner is null || Owner.Id == me.Id || me.ReadsBooks;
    }

    /// <summary>The account as <paramref name="me"/> may see it.</summary>
    public AccountView For(CurrentMember me) => IsOpenTo(me)
        ? this
        : this with { FloorMinor = null, BalanceMinor = null, NormalBalanceMinor = null, CeilingMinor = null, AvailableMinor = null };
}
