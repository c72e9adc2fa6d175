using Coop.Ledger.Accounts;
using Coop.Ledger.Units;

namespace Coop.Ledger.Journals;

/// <summary>
/// One line of a journal, a link of the ring that makes the database refuse a journal that does not
/// sum to zero (docs/decisions/0004-zero-sum.md).
/// </summary>
/// <param name="Line">From 1.</param>
/// <param name="Account">What is posted on.</param>
/// <param name="Unit">The account's unit.</param>
/// <param name="SumBefore">The sum of the unit's earlier lines.</param>
/// <param name="Amount">Never zero.</param>
/// <param name="AccountSeq">Its place among the postings of its account, from 1.</param>
/// <param name="BalanceAfter">The account's balance with this posting.</param>
public sealed record Posting(
    int Line,
    AccountId Account,
    UnitCode Unit,
    Amount SumBefore,
    Amount Amount,
    long AccountSeq,
    Amount BalanceAfter)
{
    /// <summary>The sum of the unit's lines up to this one.</summary>
    public Amount SumAfter => SumBefore + Amount;
}
