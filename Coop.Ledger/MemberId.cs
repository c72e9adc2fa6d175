namespace Coop.Ledger;

/// <summary>The id of a member of the co-op; the ledger knows no more of a person.</summary>
public readonly record struct MemberId(Guid Value);
