using Coop.Ledger.Audit;

namespace Coop.Node.Cli.Books;

/// <summary>What an audit of the books found.</summary>
/// <param name="LogSize">Entries of the log that the books go with.</param>
/// <param name="Accounts">Accounts by the log.</param>
/// <param name="Journals">Journals in the books.</param>
/// <param name="Waiting">Of these, those whose events are on their way into the log.</param>
/// <param name="Findings">What is wrong.</param>
internal sealed record BooksReport(long LogSize, int Accounts, long Journals, long Waiting, BookFindings Findings)
{
    public bool IsClean => Findings.Count == 0;
}
