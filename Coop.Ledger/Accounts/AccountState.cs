namespace Coop.Ledger.Accounts;

/// <summary>An account as of some moment.</summary>
/// <param name="Account">What it is.</param>
/// <param name="Balance">The sum of its postings; debits are positive whatever the type.</param>
/// <param name="PostingCount">The number of its postings, which is also the last one's sequence.</param>
public sealed record AccountState(Account Account, Amount Balance, long PostingCount)
{
    /// <summary>The balance in the account's normal direction.</summary>
    public long NormalBalanceMinor => checked(Balance.Minor * Account.Type.NormalSign());

    /// <summary>Debits of pending journals, netted journal by journal; never negative.</summary>
    public long PendingDebitMinor { get; init; }

    /// <summary>Credits of pending journals, as a positive number.</summary>
    public long PendingCreditMinor { get; init; }

    /// <summary>Whether a pending journal is on it.</summary>
    public bool IsReserved => PendingDebitMinor != 0 || PendingCreditMinor != 0;

    /// <summary>The normal balance if of the pending journals those alone were posted that lower it.</summary>
    public Int128 LowestMinor => Account.Type.NormalSign() > 0
        ? (Int128)Balance.Minor - PendingCreditMinor
        : -((Int128)Balance.Minor + PendingDebitMinor);

    /// <summary>The normal balance if of the pending journals those alone were posted that raise it.</summary>
    public Int128 HighestMinor => Account.Type.NormalSign() > 0
        ? (Int128)Balance.Minor + PendingDebitMinor
        : -((Int128)Balance.Minor - PendingCreditMinor);

    /// <summary>
    /// Whether going from here to <paramref name="next"/> breaks the floor, even if no pending journal is
    /// posted but those that lower the balance. A step upwards never does.
    /// </summary>
    public bool BreaksFloor(AccountState next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return Account.FloorMinor is { } floor && next.LowestMinor < floor && next.LowestMinor < LowestMinor;
    }

    /// <summary>As <see cref="BreaksFloor"/>, for the ceiling and those that raise it.</summary>
    public bool BreaksCeiling(AccountState next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return Account.CeilingMinor is { } ceiling && next.HighestMinor > ceiling && next.HighestMinor > HighestMinor;
    }

    /// <summary>Whether all that is reserved can still be posted, in whatever order: no balance on the way leaves 64 bits.</summary>
    public bool KeepsPromises => (Int128)Balance.Minor + PendingDebitMinor <= long.MaxValue
        && (Int128)PendingCreditMinor - Balance.Minor <= long.MaxValue;

    /// <summary>The account with what a pending journal moves on it reserved; null where that does not fit.</summary>
    /// <param name="net">What the journal moves on the account altogether.</param>
    public AccountState? Reserve(Amount net)
    {
        var debits = (Int128)PendingDebitMinor + Math.Max(net.Minor, 0);
        var credits = (Int128)PendingCreditMinor + Math.Max(checked(-net.Minor), 0);
        return debits <= long.MaxValue && credits <= long.MaxValue
            && this with { PendingDebitMinor = (long)debits, PendingCreditMinor = (long)credits } is { KeepsPromises: true } reserved
            ? reserved
            : null;
    }

    /// <summary>Takes back what <see cref="Reserve"/> did.</summary>
    public AccountState Release(Amount net) => this with
    {
        PendingDebitMinor = checked(PendingDebitMinor - Math.Max(net.Minor, 0)),
        PendingCreditMinor = checked(PendingCreditMinor - Math.Max(-net.Minor, 0)),
    };
}
