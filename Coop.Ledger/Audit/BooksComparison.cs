namespace Coop.Ledger.Audit;

/// <summary>
/// Holds what the books' own tables say against what the log tells. What the log does not tell yet is excused where
/// the log took the event in later, which was seen; what the node only says of it proves nothing. Not thread-safe.
/// </summary>
/// <param name="replay">The books kept again from the log, at its end.</param>
/// <param name="findings">Receives what differs.</param>
public sealed class BooksComparison(BooksReplay replay, BookFindings findings)
{
    /// <summary>More than these are counted, and not named.</summary>
    public const int MaxUnproven = 100;

    private readonly HashSet<Guid> _accounts = [];
    private readonly HashSet<Guid> _later = [];
    private readonly HashSet<Guid> _changedLater = [];
    private readonly HashSet<Guid> _waiting = [];
    private readonly HashSet<Guid> _seen = [];
    private readonly List<string> _unproven = [];
    private bool _isPeriodMovedLater;

    /// <summary>Journals of the books.</summary>
    public long JournalCount { get; private set; }

    /// <summary>Journals whose events the log took in after the books were taken.</summary>
    public long WaitingCount { get; private set; }

    /// <summary>What could not be held against the log, since the node says that an event is on its way into it.</summary>
    public IReadOnlyList<string> Unproven => _unproven;

    /// <summary>How many there are of these, the unnamed ones included.</summary>
    public long UnprovenCount { get; private set; }

    /// <summary>
    /// An event that the log took in after the books were taken; it excuses only if it was said to be on its way.
    /// </summary>
    /// <param name="eventId">Its id.</param>
    /// <param name="account">The account that it is about, if it is about one.</param>
    /// <param name="movesPeriod">Whether it moves the first open day.</param>
    public void AddLater(Guid eventId, Guid? account, bool movesPeriod)
    {
        if (!_waiting.Remove(eventId))
        {
            return;
        }

        _later.Add(eventId);
        _isPeriodMovedLater |= movesPeriod;
        if (account is { } id)
        {
            _changedLater.Add(id);
        }
    }

    /// <summary>An event that, as the node says, is on its way into the log.</summary>
    public void AddWaiting(Guid eventId) => _waiting.Add(eventId);

    /// <summary>The first open day.</summary>
    public void AddOpenFrom(DateOnly openFrom)
    {
        if (openFrom != replay.OpenFrom && !_isPeriodMovedLater)
        {
            var what = $"The books are open from {openFrom:yyyy-MM-dd} on; by the log from {replay.OpenFrom:yyyy-MM-dd}.";
            Doubt(_waiting.Count > 0, what, () => findings.Add(new(BookFindingCode.PeriodChanged, what)));
        }
    }

    /// <summary>A journal, in the order of their numbers.</summary>
    /// <param name="journal">What it says.</param>
    /// <param name="eventId">The event that records it.</param>
    /// <param name="isNumbered">Whether its number is part of the books' sequence.</param>
    /// <param name="places">For each posting, its number on its account and the balance that it left.</param>
    public void Add(
        JournalFacts journal, Guid eventId, bool isNumbered, IReadOnlyList<(long Seq, long BalanceAfter)> places)
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
        else if (_later.Contains(eventId))
        {
            (isWaiting, WaitingCount) = (true, WaitingCount + 1);
        }
        else
        {
            isWaiting = _waiting.Contains(eventId);
            Doubt(
                isWaiting, $"{NameOf(journal)} is in the books, and not in the log.",
                () => Say(BookFindingCode.JournalUnlogged, journal, null, "is in the books, and not in the log."));
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
            if (!_later.Contains(eventId))
            {
                Doubt(
                    _waiting.Contains(eventId), $"Account {account.Id} is in the books, and not in the log.",
                    () => Say(BookFindingCode.AccountUnlogged, account.Id, "is in the books, and not in the log."));
            }

            return;
        }

        if (account != logged.Facts && !_changedLater.Contains(account.Id))
        {
            var what = $"is {Text(account)} in the books, and {Text(logged.Facts)} in the log.";
            Doubt(
                _waiting.Count > 0, $"Account {account.Id} {what}",
                () => Say(BookFindingCode.AccountChanged, account.Id, what));
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

    // A word of the node's is no proof of the contrary either: it is neither right nor wrong.
    private void Doubt(bool isSaidToWait, string what, Action find)
    {
        if (!isSaidToWait)
        {
            find();
            return;
        }

        UnprovenCount++;
        if (_unproven.Count < MaxUnproven)
        {
            _unproven.Add(what);
        }
    }

    private static string NameOf(JournalFacts journal) =>
        journal.Number is { } number ? $"Journal {number}" : $"Journal {journal.Id}";

    private void Say(BookFindingCode code, JournalFacts journal, JournalDigest? logged, string what, Guid? account = null)
    {
        var entry = logged?.Entry ?? (replay.Journals.TryGetValue(journal.Id, out var found) ? found.Entry : (long?)null);
        var name = NameOf(journal);
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
