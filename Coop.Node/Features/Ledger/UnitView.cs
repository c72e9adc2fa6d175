using Coop.Ledger.Units;

namespace Coop.Node.Features.Ledger;

/// <summary>A unit of the books.</summary>
/// <param name="Code">2 to 12 of A-Z 0-9; for money the ISO 4217 code.</param>
/// <param name="Name">As people read it.</param>
/// <param name="Scale">Decimals of one whole unit, 0 to 9: with 2, 100 minor units make one.</param>
/// <param name="Kind">What it counts.</param>
public sealed record UnitView(string Code, string Name, int Scale, UnitKind Kind);
