namespace Coop.Ledger.Units;

/// <summary>What a unit counts.</summary>
public enum UnitKind
{
    Money,
    Hours,
    Shares,
    Other,
}
