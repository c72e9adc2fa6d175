using Coop.Ledger.Shares;
using Coop.Node.Features.Ledger;

namespace Coop.Node.Features.Shares;

/// <summary>What a member holds of a class.</summary>
/// <param name="Member">Who holds.</param>
/// <param name="Class">The class's code.</param>
/// <param name="ClassName">Its name.</param>
/// <param name="MoneyUnit">The unit of the amounts.</param>
/// <param name="ParMinor">What a share costs.</param>
/// <param name="Votes">Whether it carries a vote.</param>
/// <param name="Shares">Shares subscribed.</param>
/// <param name="PaidMinor">What was paid in: the member's capital.</param>
/// <param name="OwedMinor">What is still to be paid in.</param>
/// <param name="ShareAccountId">The account of the shares; its statement shows every movement.</param>
/// <param name="CapitalAccountId">The account of the capital.</param>
public sealed record ShareHoldingView(
    MemberView Member, string Class, string ClassName, string MoneyUnit, long ParMinor, bool Votes, long Shares,
    long PaidMinor, long OwedMinor, Guid ShareAccountId, Guid CapitalAccountId)
{
    internal static ShareHoldingView Of(
        MemberView member, string code, string name, string moneyUnit, long parMinor, bool votes,
        (Guid Shares, Guid Capital) accounts, ShareStanding standing) => new(
        member, code, name, moneyUnit, parMinor, votes, standing.Shares, standing.PaidMinor,
        ShareRules.OwedMinor(parMinor, standing), accounts.Shares, accounts.Capital);
}
