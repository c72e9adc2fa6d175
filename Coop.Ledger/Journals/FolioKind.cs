namespace Coop.Ledger.Journals;

/// <summary>What a folio holds; the numbers stand in the database.</summary>
public enum FolioKind
{
    /// <summary>Journals.</summary>
    Journals = 0,

    /// <summary>A change of the first open day.</summary>
    Change = 1,
}
