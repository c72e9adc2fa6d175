using Coop.Ledger.Audit;

namespace Coop.Node.Cli.Books;

/// <summary>What an audit of the books found.</summary>
/// <param name="LogSize">Entries of the log that the books go with.</param>
/// <param name="Accounts">Accounts by the log.</param>
/// <param name="Journals">Journals in the books.</param>
/// <param name="Waiting">Of these, those whose events the log took in after the books were taken.</param>
/// <param name="Findings">What is wrong.</param>
internal sealed record BooksReport(long LogSize, int Accounts, long Journals, long Waiting, BookFindings Findings)
{
    /// <summary>What could not be checked, since the node says that an event is on its way into the log.</summary>
    public required IReadOnlyList<string> Unproven { get; init; }

    /// <summary>How many there are of these, the unnamed ones included.</summary>
    public required long UnprovenCount { get; init; }

    /// <summary>Nothing is wrong; with <see cref="UnprovenCount"/> above 0, as far as could be seen.</summary>
    public bool IsClean => Findings.Count == 0;
}
