namespace Coop.Ledger.Audit;

/// <summary>Holds what the books' own tables say against what the log tells. Not thread-safe.</summary>
/// <param name="replay">The books kept again from the log, at its end.</param>
/// <param name="findings">Receives what differs.</param>
public sealed class BooksComparison(BooksReplay replay, BookFindings findings)
{
    /// <summary>How long an event may wait for the log, which takes it in within a second.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(10);

    private readonly HashSet<Guid> _accounts = [];
    private readonly HashSet<Guid> _waiting = [];
    private readonly HashSet<Guid> _seen = [];

    /// <summary>Journals of the books.</summary>
    public long JournalCount { get; private set; }

    /// <summary>Journals whose events are on their way into the log.</summary>
    public long WaitingCount { get; private set; }

    /// <summary>An event that is on its way into the log.</summary>
    public void AddWaiting(Guid eventId) => _waiting.Add(eventId);

    /// <summary>The first open day.</summary>
    public void AddOpenFrom(DateOnly openFrom, bool isWaiting)
    {
        if (openFrom != replay.OpenFrom && !isWaiting)
        {
            findings.Add(new(BookFindingCode.PeriodChanged, $"The books are open from {openFrom:yyyy-MM-dd} on; by the log from {replay.OpenFrom:yyyy-MM-dd}."));
        }
    }

    /// <summary>A journal, in the order of their numbers.</summary>
    /// <param name="journal">What it says.</param>
    /// <param name="eventId">The event that records it.</param>
    /// <param name="bookedAt">When it was booked.</param>
    /// <param name="isNumbered">Whether its number is part of the books' sequence.</param>
    /// <param name="places">For each posting, its number on its account and the balance that it left.</param>
    public void Add(
        JournalFacts journal, Guid eventId, DateTimeOffset bookedAt, bool isNumbered, IReadOnlyList<(long Seq, long BalanceAfter)> places)
    {
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(places);
        JournalCount++;
        if (!isNumbered || journal.Number is null)
        {
            Say(BookFindingCode.JournalUnnumbered, journal, null, "is not numbered in the books.");
        }

        var isWaiting = false;
        if (replay.Journals.TryGetValue(journal.Id, out var logged))
        {
            Compare(journal, logged);
        }
        else
        {
            isWaiting = _waiting.Contains(eventId) && (replay.LastTime is not { } last || last - bookedAt < MaxWait);
            WaitingCount += isWaiting ? 1 : 0;
            if (!isWaiting)
            {
                Say(BookFindingCode.JournalUnlogged, journal, null, "is in the books, and not in the log.");
            }
        }

        _seen.Add(journal.Id);
        for (var i = 0; i < places.Count; i++)
        {
            Place(journal, journal.Postings[i], places[i], isWaiting);
        }
    }

    /// <summary>An account, after all journals.</summary>
    /// <param name="account">What it is.</param>
    /// <param name="balanceMinor">Its balance by the books, debits positive.</param>
    /// <param name="postingCount">How many postings it has by the books.</param>
    /// <param name="eventId">The event that opened it.</param>
    public void Add(AccountFacts account, long balanceMinor, long postingCount, Guid eventId)
    {
        ArgumentNullException.ThrowIfNull(account);
        _accounts.Add(account.Id);
        if (!replay.Accounts.TryGetValue(account.Id, out var logged))
        {
            if (!_waiting.Contains(eventId))
            {
                Say(BookFindingCode.AccountUnlogged, account.Id, "is in the books, and not in the log.");
            }

            return;
        }

        // An event about it may be on its way; with none waiting, all must be alike.
        if (account != logged.Facts && _waiting.Count == 0)
        {
            Say(BookFindingCode.AccountChanged, account.Id, $"is {Text(account)} in the books, and {Text(logged.Facts)} in the log.");
        }

        var (sum, count) = (logged.Sum + logged.Waiting.Sum, logged.Count + logged.Waiting.Count);
        if (balanceMinor != sum || postingCount != count)
        {
            Say(BookFindingCode.BalanceWrong, account.Id, $"stands at {balanceMinor} after {postingCount} postings in the books; the postings of the log make {sum} after {count}.");
        }
        else if (balanceMinor != logged.BookSum)
        {
            Say(BookFindingCode.BalanceWrong, account.Id, $"stands at {balanceMinor} in the books; its postings there make {logged.BookSum}.");
        }
    }

    /// <summary>After the last account.</summary>
    public void End()
    {
        foreach (var (id, journal) in replay.Journals.Where(j => !_seen.Contains(j.Key)))
        {
            findings.Add(new(BookFindingCode.JournalMissing, $"Journal {journal.Number} (entry {journal.Entry}) is in the log, and not in the books.")
            {
                Entry = journal.Entry, Journal = id, Number = journal.Number,
            });
        }

        foreach (var id in replay.Accounts.Keys.Where(id => !_accounts.Contains(id)))
        {
            Say(BookFindingCode.AccountMissing, id, "is in the log, and not in the books.");
        }
    }

    private void Compare(JournalFacts journal, JournalDigest logged)
    {
        // A number that an older event does not tell cannot be compared.
        var books = JournalDigest.Of(logged.Entry, journal) with { Number = logged.Number is null ? null : journal.Number };
        if (logged.Difference(books) is { } difference)
        {
            Say(BookFindingCode.JournalChanged, journal, logged, $"has in the books {difference}.");
        }

        if (_seen.Contains(journal.Id))
        {
            Say(BookFindingCode.JournalChanged, journal, logged, "is in the books twice.");
        }
    }

    private void Place(JournalFacts journal, PostingFacts posting, (long Seq, long BalanceAfter) place, bool isWaiting)
    {
        if (!replay.Accounts.TryGetValue(posting.Account, out var account))
        {
            return;
        }

        account.BookSum += posting.AmountMinor;
        if (isWaiting)
        {
            account.Waiting = (account.Waiting.Sum + posting.AmountMinor, account.Waiting.Count + 1);
        }

        if (place.Seq != account.BookSeq + 1)
        {
            Say(BookFindingCode.PostingSequence, journal, null, $"has posting {place.Seq} of account {posting.Account}; the next one is {account.BookSeq + 1}.", posting.Account);
        }
        else if (place.BalanceAfter != account.BookSum)
        {
            Say(BookFindingCode.PostingSequence, journal, null, $"leaves {place.BalanceAfter} on account {posting.Account}; the postings up to it make {account.BookSum}.", posting.Account);
        }

        account.BookSeq = place.Seq;
    }

    private void Say(BookFindingCode code, JournalFacts journal, JournalDigest? logged, string what, Guid? account = null)
    {
        var entry = logged?.Entry ?? (replay.Journals.TryGetValue(journal.Id, out var found) ? found.Entry : (long?)null);
        var name = journal.Number is { } number ? $"Journal {number}" : $"Journal {journal.Id}";
        findings.Add(new(code, entry is null ? $"{name} {what}" : $"{name} (entry {entry}) {what}")
        {
            Entry = entry, Journal = journal.Id, Number = journal.Number, Account = account,
        });
    }

    private void Say(BookFindingCode code, Guid account, string what) =>
        findings.Add(new(code, $"Account {account} {what}") { Account = account });

    private static string Text(AccountFacts a) =>
        $"{a.Type} in {a.Unit}, floor {a.FloorMinor?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"}, "
        + $"ceiling {a.CeilingMinor?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"}"
        + (a.IsPlaceholder ? ", heading" : "") + (a.IsClosed ? ", closed" : "");
}
