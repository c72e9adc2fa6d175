namespace Coop.Ledger.Accounts;

/// <summary>The id of an account, a UUIDv7.</summary>
public readonly record struct AccountId(Guid Value)
{
    public override string ToString() => Value.ToString();
}
