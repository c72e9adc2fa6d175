namespace Coop.Ledger.Accounts;

/// <summary>An account as of some moment.</summary>
/// <param name="Account">What it is.</param>
/// <param name="Balance">The sum of its postings; debits are positive whatever the type.</param>
/// <param name="PostingCount">The number of its postings, which is also the last one's sequence.</param>
public sealed record AccountState(Account Account, Amount Balance, long PostingCount)
{
    /// <summary>The balance in the account's normal direction.</summary>
    public long NormalBalanceMinor => checked(Balance.Minor * Account.Type.NormalSign());

    /// <summary>Whether going from here to <paramref name="next"/> breaks the floor. A step upwards never does.</summary>
    public bool BreaksFloor(AccountState next) =>
        Account.FloorMinor is { } floor
        && next.NormalBalanceMinor < floor
        && next.NormalBalanceMinor < NormalBalanceMinor;
}
