using Coop.Ledger.Accounts;
using Coop.Ledger.Units;

namespace Coop.Ledger.Shares;

/// <summary>A class of shares: a unit of kind shares and scale 0, with terms that are fixed at its creation.</summary>
/// <param name="Unit">The unit in which shares of this class are counted.</param>
/// <param name="MoneyUnit">The unit in which they are paid.</param>
/// <param name="ParMinor">What one share costs, in minor units of <paramref name="MoneyUnit"/>, at least 1.</param>
/// <param name="Votes">Whether they carry a vote; investor shares do not.</param>
/// <param name="NoticeDays">Days from a notice to the day on which the shares may be redeemed.</param>
/// <param name="Issued">The account in the share unit that stands against all holders'.</param>
public sealed record ShareClass(
    UnitCode Unit, UnitCode MoneyUnit, long ParMinor, bool Votes, int NoticeDays, AccountId Issued);
