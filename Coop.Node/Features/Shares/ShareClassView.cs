using Coop.Ledger.Shares;

namespace Coop.Node.Features.Shares;

/// <summary>A class of shares.</summary>
/// <param name="Code">The code of its unit.</param>
/// <param name="Name">As people read it.</param>
/// <param name="MoneyUnit">The unit in which it is paid.</param>
/// <param name="ParMinor">What a share costs, in minor units of <paramref name="MoneyUnit"/>.</param>
/// <param name="Votes">Whether it carries a vote; investor shares do not.</param>
/// <param name="NoticeDays">Days from a notice to redemption.</param>
/// <param name="IssuedAccountId">The account that stands against all holders'.</param>
public sealed record ShareClassView(
    string Code, string Name, string MoneyUnit, long ParMinor, bool Votes, int NoticeDays, Guid IssuedAccountId)
{
    internal static ShareClassView Of((ShareClass Class, string Name) row) => new(
        row.Class.Unit.Value, row.Name, row.Class.MoneyUnit.Value, row.Class.ParMinor, row.Class.Votes,
        row.Class.NoticeDays, row.Class.Issued.Value);
}
