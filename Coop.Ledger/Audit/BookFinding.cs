namespace Coop.Ledger.Audit;

/// <summary>Something that is wrong with the books.</summary>
/// <param name="Code">What kind.</param>
/// <param name="Detail">A sentence for people.</param>
public sealed record BookFinding(BookFindingCode Code, string Detail)
{
    /// <summary>The log entry that it is about, if any.</summary>
    public long? Entry { get; init; }

    /// <summary>The journal that it is about, if any.</summary>
    public Guid? Journal { get; init; }

    /// <summary>The journal's number.</summary>
    public long? Number { get; init; }

    /// <summary>The account that it is about, if any.</summary>
    public Guid? Account { get; init; }
}

/// <summary>Findings as they come; kept up to a bound, counted beyond it.</summary>
public sealed class BookFindings
{
    /// <summary>How many are kept.</summary>
    public const int MaxKept = 1_000;

    private readonly List<BookFinding> _kept = [];

    /// <summary>Those that were kept.</summary>
    public IReadOnlyList<BookFinding> Kept => _kept;

    /// <summary>All of them.</summary>
    public long Count { get; private set; }

    public void Add(BookFinding finding)
    {
        Count++;
        if (_kept.Count < MaxKept)
        {
            _kept.Add(finding);
        }
    }
}
