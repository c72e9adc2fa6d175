using Coop.Federation.Audit.Between;

namespace Coop.Federation.Audit;

/// <summary>
/// What a log tells of, gathered while it is audited: when how much happened, and the entries that concern
/// another co-op. Memory does not grow with the log but for about 150 bytes for each of the latter.
/// </summary>
/// <param name="withBooks">
/// Whether the entries of the books are wanted too: about 200 bytes for each of them.
/// </param>
public sealed class LogChronicle(bool withBooks = false)
{
    private readonly List<CrossEntry> _cross = [];
    private readonly List<BookEntry> _books = [];

    /// <summary>Whether the entries of the books are gathered.</summary>
    public bool WithBooks { get; } = withBooks;

    /// <summary>The entries of the books, in their order; none where they are not wanted.</summary>
    public IReadOnlyList<BookEntry> Books => _books;

    /// <summary>Entries over time.</summary>
    public Timeline Timeline { get; } = new();

    /// <summary>The entries that concern another co-op, in their order.</summary>
    public IReadOnlyList<CrossEntry> Cross => _cross;

    internal void Add(BundleChronicle bundle)
    {
        foreach (var (time, family) in bundle.Events)
        {
            Timeline.Add(time, family);
        }

        _cross.AddRange(bundle.Cross);
        _books.AddRange(bundle.Books);
    }
}
