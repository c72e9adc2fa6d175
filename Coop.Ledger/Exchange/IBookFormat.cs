namespace Coop.Ledger.Exchange;

/// <summary>
/// A file format that books are written in. Called in this order: begin, each entry, end. Keeps no entry, so
/// that memory does not grow with the books. Not thread-safe.
/// </summary>
public interface IBookFormat
{
    /// <summary>What stands before the first entry.</summary>
    void Begin(TextWriter to, BookExtract books);

    void Entry(TextWriter to, BookEntry entry);

    /// <summary>What stands after the last entry.</summary>
    void End(TextWriter to, BookExtract books);
}
