namespace Coop.Federation.Trade;

/// <summary>What two co-ops owe each other in one unit, by this side's books.</summary>
/// <param name="Unit">The unit's code.</param>
/// <param name="MirrorMinor">What the peer owes this side; negative where this side owes the peer.</param>
/// <param name="ReservedMinor">Offered to the peer and not decided.</param>
/// <param name="PromisedMinor">Promised to the peer and not decided.</param>
public sealed record TradePosition(string Unit, long MirrorMinor, long ReservedMinor, long PromisedMinor)
{
    /// <summary>Before the first transfer.</summary>
    public static TradePosition None(string unit) => new(unit, 0, 0, 0);

    /// <summary>After a step.</summary>
    /// <exception cref="OverflowException">A sum would be more than 64 bits hold.</exception>
    public TradePosition After(TradeEffect effect, long amountMinor) => effect switch
    {
        TradeEffect.None => this,
        TradeEffect.Reserve => this with { ReservedMinor = checked(ReservedMinor + amountMinor) },
        TradeEffect.Release => this with { ReservedMinor = checked(ReservedMinor - amountMinor) },
        TradeEffect.Pay => this with
        {
            ReservedMinor = checked(ReservedMinor - amountMinor), MirrorMinor = checked(MirrorMinor - amountMinor),
        },
        TradeEffect.Promise => this with { PromisedMinor = checked(PromisedMinor + amountMinor) },
        TradeEffect.Forgive => this with { PromisedMinor = checked(PromisedMinor - amountMinor) },
        TradeEffect.Credit => this with
        {
            PromisedMinor = checked(PromisedMinor - amountMinor), MirrorMinor = checked(MirrorMinor + amountMinor),
        },
        _ => throw new ArgumentOutOfRangeException(nameof(effect)),
    };

    /// <summary>Whether the peer would owe no more than that if it paid this amount, all that it was promised included.</summary>
    public bool TheyMayOwe(long amountMinor, long limitMinor) => Fits((Int128)MirrorMinor + PromisedMinor + amountMinor, limitMinor);

    /// <summary>Whether this side would owe no more than that if it paid this amount, all that it has offered included.</summary>
    public bool WeMayOwe(long amountMinor, long limitMinor) => Fits(-(Int128)MirrorMinor + ReservedMinor + amountMinor, limitMinor);

    private static bool Fits(Int128 owed, long limitMinor) => owed <= limitMinor;
}
