namespace Coop.Ledger.Units;

/// <summary>A unit that accounts are kept in.</summary>
/// <param name="Code">Unique in the co-op, fixed for good.</param>
/// <param name="Name">As people read it, 1 to 100 characters.</param>
/// <param name="Scale">Decimals of one whole unit, 0 to 9: with 2, 100 minor units make one.</param>
/// <param name="Kind">What it counts.</param>
public sealed record Unit(UnitCode Code, string Name, int Scale, UnitKind Kind);
