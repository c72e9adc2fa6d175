using System.Globalization;

namespace Coop.Ledger.Audit;

/// <summary>
/// Keeps the books again from what the log tells, and holds every rule of specs/ledger.md that can be seen there.
/// Memory grows by about 200 bytes a journal. Not thread-safe.
/// </summary>
public sealed class BooksReplay(BookFindings findings)
{
    /// <summary>
    /// The log puts two events that did not see one another in either order, so a journal at about the time of a
    /// change of limits may have been held to the limits before.
    /// </summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromMinutes(1);

    private readonly Dictionary<Guid, (DateOnly OpenFrom, string Actor)> _requests = [];
    private readonly HashSet<Guid> _reversed = [];
    private readonly HashSet<Guid> _fulfilled = [];
    private readonly List<BookFinding> _limits = [];
    private long _nextNumber = 1;

    internal Dictionary<Guid, AccountReplay> Accounts { get; } = [];

    internal Dictionary<Guid, JournalDigest> Journals { get; } = [];

    /// <summary>The first open day, as the log tells.</summary>
    public DateOnly OpenFrom { get; private set; } = LedgerLimits.FirstEffectiveDate;

    /// <summary>Journals that the log tells of.</summary>
    public int JournalCount => Journals.Count;

    /// <summary>Accounts that the log tells of.</summary>
    public int AccountCount => Accounts.Count;

    /// <summary>Takes the next event, in the order of the log.</summary>
    public void Add(BookEvent book)
    {
        ArgumentNullException.ThrowIfNull(book);
        switch (book)
        {
            case AccountOpened opened:
                Accounts.TryAdd(opened.Account.Id, new(opened.Account));
                break;
            case AccountChanged changed:
                Change(book, changed.Account, a => a with
                {
                    FloorMinor = changed.FloorMinor, CeilingMinor = changed.CeilingMinor, IsPlaceholder = changed.IsPlaceholder,
                });
                break;
            case AccountClosed closed:
                Change(book, closed.Account, a => a with { IsClosed = true });
                break;
            case JournalPosted posted:
                Post(posted);
                break;
            case ReservationEnded { Journal: { } journal }:
                _fulfilled.Add(journal);
                break;
            case ReopeningRequested request:
                _requests[request.Reopening] = (request.OpenFrom, request.Actor);
                break;
            case PeriodMoved moved:
                Move(moved);
                break;
            default:
                break;
        }
    }

    /// <summary>After the last event.</summary>
    public void End()
    {
        foreach (var finding in _limits.Where(f => !_fulfilled.Contains(f.Journal!.Value)))
        {
            findings.Add(finding);
        }
    }

    private void Change(BookEvent book, Guid account, Func<AccountFacts, AccountFacts> change)
    {
        if (!Accounts.TryGetValue(account, out var replay))
        {
            findings.Add(new(BookFindingCode.AccountUnusable, $"Entry {book.Entry} changes account {account}, which was never opened.")
            {
                Entry = book.Entry, Account = account,
            });
            return;
        }

        (replay.Before, replay.ChangedAt) = (replay.Facts, book.Time);
        replay.Facts = change(replay.Facts);
    }

    private void Move(PeriodMoved moved)
    {
        Count(moved, moved.Number, null);
        if (moved.OpenBefore != OpenFrom)
        {
            Say(BookFindingCode.PeriodChanged, moved, null, $"says that the first open day was {Day(moved.OpenBefore)}; it was {Day(OpenFrom)}.");
        }

        // Forward is one person's; back takes a request of somebody else for the same day.
        var isApproved = moved.Reopening is { } id && _requests.Remove(id, out var request)
            && request.OpenFrom == moved.OpenFrom && request.Actor != moved.Actor;
        if (moved.OpenFrom < OpenFrom && !isApproved)
        {
            Say(BookFindingCode.ReopeningUnapproved, moved, null, $"opens the days from {Day(moved.OpenFrom)} again, without a request of somebody else.");
        }

        OpenFrom = moved.OpenFrom;
    }

    private void Post(JournalPosted posted)
    {
        var journal = posted.Journal;
        if (!Journals.TryAdd(journal.Id, JournalDigest.Of(posted.Entry, journal)))
        {
            Say(BookFindingCode.NumberGap, posted, journal, "posts a journal that was posted before.");
            return;
        }

        if (journal.Number is { } number)
        {
            Count(posted, number, journal);
        }

        if (journal.EffectiveDate < OpenFrom)
        {
            Say(BookFindingCode.PeriodBreached, posted, journal, $"counts for {Day(journal.EffectiveDate)}, when the days before {Day(OpenFrom)} were closed.");
        }

        if (journal.Reverses is { } original && (!Journals.ContainsKey(original) || !_reversed.Add(original)))
        {
            Say(BookFindingCode.ReversalWrong, posted, journal, $"reverses journal {original}, which is not in the books or reversed already.");
        }

        Weigh(posted);
        foreach (var net in journal.Postings.GroupBy(p => p.Account))
        {
            Book(posted, net.Key, net.Aggregate(Int128.Zero, (sum, p) => sum + p.AmountMinor), net.Count());
        }
    }

    private void Weigh(JournalPosted posted)
    {
        var sums = posted.Journal.Postings
            .GroupBy(p => Accounts.TryGetValue(p.Account, out var a) ? a.Facts.Unit : "")
            .Select(g => (Unit: g.Key, Sum: g.Aggregate(Int128.Zero, (sum, p) => sum + p.AmountMinor)));
        foreach (var (unit, sum) in sums.Where(s => s.Sum != 0 && s.Unit.Length > 0))
        {
            Say(BookFindingCode.JournalUnbalanced, posted, posted.Journal, $"is out of balance by {sum} minor units of {unit}.");
        }
    }

    private void Book(JournalPosted posted, Guid account, Int128 net, int count)
    {
        if (!Accounts.TryGetValue(account, out var replay) || replay.Facts.IsPlaceholder || replay.Facts.IsClosed)
        {
            var why = replay is null ? "was never opened" : replay.Facts.IsClosed ? "is closed" : "is a heading";
            if (replay is null || posted.Time - replay.ChangedAt > AtOnce)
            {
                Say(BookFindingCode.AccountUnusable, posted, posted.Journal, $"posts on account {account}, which {why}.", account);
            }
        }

        if (replay is null)
        {
            return;
        }

        var after = replay.Sum + net;
        var isExcused = posted.Time - replay.ChangedAt <= AtOnce && !replay.Before.Exceeds(replay.Sum, after);
        if (replay.Facts.Exceeds(replay.Sum, after) && !isExcused)
        {
            _limits.Add(Finding(BookFindingCode.LimitExceeded, posted, posted.Journal, $"takes account {account} beyond its limit.", account));
        }

        (replay.Sum, replay.Count) = (after, replay.Count + count);
    }

    private void Count(BookEvent book, long number, JournalFacts? journal)
    {
        if (number != _nextNumber)
        {
            Say(BookFindingCode.NumberGap, book, journal, $"has the number {number}; the next one is {_nextNumber}.");
        }

        _nextNumber = number + 1;
    }

    private void Say(BookFindingCode code, BookEvent book, JournalFacts? journal, string what, Guid? account = null) =>
        findings.Add(Finding(code, book, journal, what, account));

    private static BookFinding Finding(BookFindingCode code, BookEvent book, JournalFacts? journal, string what, Guid? account) =>
        new(code, journal is null ? $"Entry {book.Entry} {what}" : $"Journal {journal.Number} (entry {book.Entry}) {what}")
        {
            Entry = book.Entry, Journal = journal?.Id, Number = journal?.Number, Account = account,
        };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
