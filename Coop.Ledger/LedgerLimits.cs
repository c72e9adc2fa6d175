namespace Coop.Ledger;

/// <summary>Every limit of the ledger; documented in specs/ledger.md.</summary>
public static class LedgerLimits
{
    public const int MinPostings = 2;
    public const int MaxPostings = 1000;

    public const int MinUnitCodeLength = 2;
    public const int MaxUnitCodeLength = 12;
    public const int MaxUnitNameLength = 100;
    public const int MaxScale = 9;

    public const int MaxAccountCodeLength = 32;
    public const int MaxAccountNameLength = 100;

    public const int MaxMemoLength = 500;
    public const int MaxReferenceLength = 100;
    public const int MaxAttachments = 16;

    public static readonly DateOnly FirstEffectiveDate = new(1900, 1, 1);
    public static readonly DateOnly LastEffectiveDate = new(2999, 12, 31);
}
