namespace Coop.Ledger.Banking;

/// <summary>
/// What the bank says an account stands at, and what the books say, as of a day: they differ by the lines that are not
/// in the books yet and the postings that are not at the bank yet, and by nothing else.
/// </summary>
/// <param name="StatementMinor">The bank's balance; null where no statement says one.</param>
/// <param name="BookMinor">The books' balance, debits positive.</param>
/// <param name="OpenLinesMinor">The sum of lines without a posting that counts by then.</param>
/// <param name="OpenPostingsMinor">The sum of postings without a line of the bank by then.</param>
public sealed record Reconciliation(Int128? StatementMinor, Int128 BookMinor, Int128 OpenLinesMinor, Int128 OpenPostingsMinor)
{
    /// <summary>What the open ones do not explain; null where no statement says a balance.</summary>
    public Int128? DifferenceMinor => StatementMinor - (BookMinor + OpenLinesMinor - OpenPostingsMinor);

    /// <summary>Whether every difference is explained.</summary>
    public bool IsReconciled => DifferenceMinor == 0;
}
