using Coop.Ledger.Accounts;
using Coop.Ledger.Journals;
using static Coop.Ledger.Tests.Journals.Scenario;

namespace Coop.Ledger.Tests.Journals;

public sealed class BooksTests
{
    [Fact]
    public void Posts_WhatBalances()
    {
        var books = NewBooks();
        var result = books.Post((Bank, 100_00), (AdaMoney, -60_00), (Sales, -40_00));

        Assert.Equal(PostingOutcome.Posted, result.Outcome);
        Assert.Null(result.Culprit);
        Assert.Equal(Head, result.Journal!.Head);
        Assert.Equal([0, 100_00, 40_00], result.Journal.Postings.Select(p => p.SumBefore.Minor));
        Assert.Equal([100_00, 40_00, 0], result.Journal.Postings.Select(p => p.SumAfter.Minor));
        Assert.Equal([1, 2, 3], result.Journal.Postings.Select(p => p.Line));
        Assert.Equal(100_00, books[Bank].Balance.Minor);
        Assert.Equal(-60_00, books[AdaMoney].Balance.Minor);
        Assert.Equal([Bank, Sales, AdaMoney], books.Changed.Select(a => a.Account.Id));
    }

    [Fact]
    public void KeepsTheLinesOfAUnitTogether()
    {
        var result = NewBooks().Post(
            (Bank, 10), (AdaHours, -3), (Sales, -10), (HoursPool, 3));

        Assert.Equal([Bank, Sales, AdaHours, HoursPool], result.Journal!.Postings.Select(p => p.Account));
        Assert.Equal([0, 10, 0, -3], result.Journal.Postings.Select(p => p.SumBefore.Minor));
    }

    [Fact]
    public void CountsPostingsAndBalances_LineByLine()
    {
        var books = BooksWithMoneyOfAda();
        var result = books.Post((AdaMoney, 30), (AdaMoney, 20), (BenMoney, -50));

        Assert.Equal([2, 3, 1], result.Journal!.Postings.Select(p => p.AccountSeq));
        Assert.Equal([-99_70, -99_50, -50], result.Journal.Postings.Select(p => p.BalanceAfter.Minor));
        Assert.Equal(3, books[AdaMoney].PostingCount);
    }

    [Fact]
    public void HoldsFloors_ForWhatTheJournalLeaves_NotForItsLines()
    {
        var result = NewBooks().Post((AdaMoney, 50), (Bank, 10), (AdaMoney, -60));
        Assert.Equal(PostingOutcome.Posted, result.Outcome);
    }

    [Fact]
    public void Refuses_AndLeavesTheBooksAsTheyWere()
    {
        var books = BooksWithMoneyOfAda();
        var before = books[AdaMoney];
        Assert.Equal(PostingOutcome.BelowFloor, books.Post((AdaMoney, 100_01), (Bank, -100_01)).Outcome);
        Assert.Same(before, books[AdaMoney]);
        Assert.Equal(1, books[Bank].PostingCount);
    }

    [Fact]
    public void PostsUpToTheLargestAmount()
    {
        var books = NewBooks();
        Assert.Equal(PostingOutcome.Posted, books.Post((Bank, long.MaxValue), (Sales, -long.MaxValue)).Outcome);
        var more = books.Post((Bank, 1), (Sales, -1));
        Assert.Equal((PostingOutcome.BalanceOverflow, Bank.ToString()), (more.Outcome, more.Culprit));
        var less = books.Post((Bank, -long.MaxValue), (Sales, long.MaxValue));
        Assert.Equal(PostingOutcome.Posted, less.Outcome);
        Assert.Equal(Amount.Zero, books[Bank].Balance);
    }

    [Fact]
    public void PostsNothing_ThatLeavesNoRoomForWhatIsReserved()
    {
        var books = NewBooks();
        PostingDraft[] reserved = [new(Bank, new Amount(-long.MaxValue)), new(Sales, new Amount(long.MaxValue))];
        Assert.Equal(PostingOutcome.Posted, books.Reserve(Head, reserved, Authority.Full).Outcome);
        var taken = books.Post((Bank, -1), (Sales, 1));
        Assert.Equal((PostingOutcome.BalanceOverflow, Bank.ToString()), (taken.Outcome, taken.Culprit));
        Assert.Equal(PostingOutcome.Posted, books.Settle(Head, reserved, reserved).Outcome);
    }

    [Fact]
    public void PostsAThousandLines_AndNoMore()
    {
        var thousand = Enumerable.Range(0, 1000).Select(i => (i % 2 == 0 ? Bank : Sales, i % 2 == 0 ? 1L : -1L)).ToArray();
        Assert.Equal(PostingOutcome.Posted, NewBooks().Post(thousand).Outcome);
        Assert.Equal(PostingOutcome.TooManyPostings, NewBooks().Post([.. thousand, (Bank, 1)]).Outcome);
    }

    public static TheoryData<PostingOutcome, string?, (AccountId, long)[]> Refusals => new()
    {
        { PostingOutcome.TooFewPostings, null, [] },
        { PostingOutcome.TooFewPostings, null, [(Bank, 0)] },
        { PostingOutcome.ZeroAmount, null, [(Bank, 0), (Nowhere, 0)] },
        { PostingOutcome.UnknownAccount, Nowhere.ToString(), [(Bank, 1), (Nowhere, -2)] },
        { PostingOutcome.AmountOverflow, "EUR", [(Bank, long.MaxValue), (Bank, 1), (Sales, -5)] },
        { PostingOutcome.AmountOverflow, "EUR", [(Bank, 1), (Sales, long.MinValue)] },
        { PostingOutcome.AmountOverflow, "EUR", [(AdaHours, 1), (Bank, -long.MaxValue), (Sales, -2), (Sales, 2)] },
        { PostingOutcome.Unbalanced, "EUR", [(Bank, 10), (Sales, -9)] },
        { PostingOutcome.Unbalanced, "EUR, HOURS", [(AdaHours, 10), (Bank, -10)] },
        { PostingOutcome.Unbalanced, "HOURS", [(Bank, 10), (Sales, -10), (AdaHours, 1_000_000)] },
        { PostingOutcome.BelowFloor, AdaMoney.ToString(), [(AdaMoney, 1), (Bank, -1)] },
        { PostingOutcome.BelowFloor, AdaLoan.ToString(), [(AdaLoan, -1), (Bank, 1)] },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Refuses_WithTheFirstCodeThatHolds(
        PostingOutcome outcome, string? culprit, (AccountId, long)[] postings)
    {
        var result = NewBooks().Post(postings);
        Assert.Equal(outcome, result.Outcome);
        Assert.Equal(culprit, result.Culprit);
        Assert.Null(result.Journal);
    }

    [Fact]
    public void OutcomesStandInTheOrderOfTheSpec() => Assert.Equal(
        ["Posted", "LinkOpen", "KeyReused", "UnknownJournal", "AlreadyReversed", "TooFewPostings", "TooManyPostings", "ZeroAmount", "UnknownAccount", "NotAPayment", "PlaceholderAccount", "AccountClosed",
            "AmountOverflow", "Unbalanced", "PeriodClosed", "BalanceOverflow", "BelowFloor", "AboveCeiling", "LinkedFailed"],
        Enum.GetNames<PostingOutcome>());
}
