using Coop.Ledger.Accounts;
using Coop.Ledger.Audit;

namespace Coop.Ledger.Tests.Audit;

/// <summary>What a replay of the log finds when the node itself broke a rule and logged it.</summary>
public sealed class BooksReplayTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Guid Bank = new("00000000-0000-0000-0000-00000000000b");
    private static readonly Guid Ada = new("00000000-0000-0000-0000-00000000000a");
    private static readonly Guid Hours = new("00000000-0000-0000-0000-00000000000c");

    private readonly BookFindings _findings = new();
    private readonly BooksReplay _replay;
    private long _entry;

    public BooksReplayTests()
    {
        _replay = new(_findings);
        Open(Bank, "EUR", AccountType.Asset, null);
        Open(Ada, "EUR", AccountType.Liability, 0);
        Open(Hours, "HRS", AccountType.Asset, null);
    }

    [Fact]
    public void Holds_WhereTheRulesWereKept()
    {
        var first = Post(1, (Bank, 500), (Ada, -500));
        Post(2, (Bank, -500), (Ada, 500));
        Post(3, reverses: first, (Bank, -500), (Bank, 500));
        Close(4, Day(1), Day(9));
        Assert.Empty(Codes());
    }

    [Fact]
    public void Finds_WhatDoesNotBalance_InAUnit()
    {
        Post(1, (Bank, 500), (Hours, -500));
        Assert.Equal([BookFindingCode.JournalUnbalanced, BookFindingCode.JournalUnbalanced], Codes());
    }

    [Fact]
    public void Finds_SumsBeyond64Bits()
    {
        Post(1, (Bank, long.MaxValue), (Bank, long.MaxValue), (Bank, 2));
        Assert.Equal([BookFindingCode.JournalUnbalanced], Codes());
    }

    [Fact]
    public void Finds_AGap_AndANumberTwice()
    {
        Post(1, (Bank, 1), (Bank, -1));
        Post(3, (Bank, 1), (Bank, -1));
        Post(3, (Bank, 1), (Bank, -1));
        Assert.Equal([BookFindingCode.NumberGap, BookFindingCode.NumberGap], Codes());
        Assert.Equal((3L, _entry - 1), (_findings.Kept[0].Number, _findings.Kept[1].Entry));
    }

    [Fact]
    public void Finds_AJournal_ThatCountsForAClosedDay()
    {
        Close(1, Day(1), Day(200));
        Post(2, (Bank, 1), (Bank, -1));
        Assert.Equal([BookFindingCode.PeriodBreached], Codes());
    }

    [Fact]
    public void Finds_AReopening_OfOnePersonAlone()
    {
        Close(1, Day(1), Day(200));
        var mine = Request("treasurer", Day(50));
        Add(new PeriodMoved(_entry, Time, "treasurer", 2, Day(200), Day(50), mine));
        var theirs = Request("admin", Day(20));
        Add(new PeriodMoved(_entry, Time, "treasurer", 3, Day(50), Day(20), theirs));
        Assert.Equal([BookFindingCode.ReopeningUnapproved], Codes());
    }

    [Fact]
    public void Finds_AFloorThatWasPassed_ButNotAStepBack_NorAPromiseKept()
    {
        Post(1, (Ada, 100), (Bank, -100));
        Post(2, (Ada, -10), (Bank, 10));
        var kept = Post(3, (Ada, 50), (Bank, -50));
        Add(new ReservationEnded(_entry, Time, "ada", kept));
        Assert.Equal([BookFindingCode.LimitExceeded], Codes());
        Assert.Equal((1L, Ada), (_findings.Kept[0].Number, _findings.Kept[0].Account));
    }

    [Fact]
    public void Excuses_WhatWasPostedAtAboutTheTime_OfAChangeOfLimits_AndNothingLater()
    {
        Add(new AccountChanged(_entry, Time, "admin", Bank, 0, null, false));
        Post(1, (Bank, -1), (Ada, 1 - 2));
        Assert.DoesNotContain(BookFindingCode.LimitExceeded, Codes());
        _entry += 1000;
        Post(2, (Bank, -1), (Ada, 1));
        Assert.Contains(BookFindingCode.LimitExceeded, Codes());
    }

    [Fact]
    public void Finds_WhatIsReversedTwice_OrIsNotThere_OrPostsOnWhatIsNoAccount()
    {
        var first = Post(1, (Bank, 1), (Bank, -1));
        Post(2, reverses: first, (Bank, 1), (Bank, -1));
        Post(3, reverses: first, (Bank, 1), (Bank, -1));
        Post(4, reverses: Guid.Empty, (Bank, 1), (Bank, -1));
        Post(5, (Guid.Empty, 1), (Guid.Empty, -1));
        Assert.Equal([BookFindingCode.ReversalWrong, BookFindingCode.ReversalWrong, BookFindingCode.AccountUnusable], Codes());
    }

    private DateTimeOffset Time => Start.AddSeconds(10 * _entry);

    private List<BookFindingCode> Codes()
    {
        _replay.End();
        return [.. _findings.Kept.Select(f => f.Code)];
    }

    private void Open(Guid id, string unit, AccountType type, long? floor) =>
        Add(new AccountOpened(_entry, Time, "admin", new(id, unit, type, floor, null, false, false)));

    private Guid Post(long number, params (Guid Account, long Amount)[] postings) => Post(number, null, postings);

    private Guid Post(long number, Guid? reverses, params (Guid Account, long Amount)[] postings)
    {
        var id = new Guid((int)_entry + 1, 0, 0, new byte[8]);
        Add(new JournalPosted(_entry, Time, "admin", new(
            id, number, Day(100), "", null, [], reverses, [.. postings.Select(p => new PostingFacts(p.Account, p.Amount))])));
        return id;
    }

    private void Close(long number, DateOnly before, DateOnly from) =>
        Add(new PeriodMoved(_entry, Time, "admin", number, before, from, null));

    private Guid Request(string actor, DateOnly day)
    {
        var id = new Guid((int)_entry, 1, 0, new byte[8]);
        Add(new ReopeningRequested(_entry, Time, actor, id, day));
        return id;
    }

    private void Add(BookEvent book)
    {
        _replay.Add(book);
        _entry++;
    }

    private static DateOnly Day(int n) => LedgerLimits.FirstEffectiveDate.AddDays(n - 1);
}
