namespace Coop.Ledger.Accounts;

/// <summary>The five types of a chart of accounts.</summary>
public enum AccountType
{
    Asset,
    Liability,
    Equity,
    Income,
    Expense,
}

public static class AccountTypeRules
{
    /// <summary>+1 where debits raise the balance (assets, expenses), -1 where credits do.</summary>
    public static int NormalSign(this AccountType type) => type switch
    {
        AccountType.Asset or AccountType.Expense => 1,
        AccountType.Liability or AccountType.Equity or AccountType.Income => -1,
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };
}
