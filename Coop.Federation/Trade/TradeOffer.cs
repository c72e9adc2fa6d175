namespace Coop.Federation.Trade;

/// <summary>What a transfer is for.</summary>
public enum TradeKind
{
    /// <summary>From an account of one co-op's member to one of another's.</summary>
    Payment,

    /// <summary>What was owed was paid in another way; the payer confirms that it has come in.</summary>
    Settlement,

    /// <summary>A leg of a netting: the payer forgives what the payee owes it, as it is forgiven itself.</summary>
    Netting,
}

/// <summary>A transfer as the payer's node offers it.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Unit">The unit's code, the same in both books.</param>
/// <param name="AmountMinor">In minor units, 1 to 2^63 − 1.</param>
/// <param name="Payer">The account in the payer's books: opaque to the other side, needed again after a restore.</param>
/// <param name="Payee">The account in the payee's books; null for settlements, which the peer books where it likes.</param>
/// <param name="Memo">0 to 500 characters.</param>
/// <param name="ValidUntil">Until when the payer's node may commit; whole seconds. It binds nobody else.</param>
/// <param name="Request">A hash that makes the payer's request unique, base64 of 32 bytes; kept through a restore.</param>
public sealed record TradeOffer(
    TradeKind Kind, string Unit, long AmountMinor, Guid Payer, Guid? Payee, string Memo, DateTimeOffset ValidUntil, string Request)
{
    /// <summary>Of which netting it is a leg; null for others.</summary>
    public Guid? NettingId { get; init; }

    public const int MaxMemoLength = 500;
    public const int MaxUnitLength = 12;
}
