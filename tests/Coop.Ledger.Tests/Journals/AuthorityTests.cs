using Coop.Ledger.Accounts;
using Coop.Ledger.Journals;
using static Coop.Ledger.Tests.Journals.Scenario;

namespace Coop.Ledger.Tests.Journals;

public sealed class AuthorityTests
{
    [Fact]
    public void PaysFromAnOwnAccountToAnothersAccount()
    {
        var books = BooksWithMoneyOfAda();
        var result = books.PostAs(Authority.PaymentsOf(Ada), (AdaMoney, 100_00), (BenMoney, -100_00));
        Assert.Equal(PostingOutcome.Posted, result.Outcome);
        Assert.Equal(-100_00, books[BenMoney].Balance.Minor);
    }

    [Fact]
    public void NeverBelowTheFloor()
    {
        var result = BooksWithMoneyOfAda()
            .PostAs(Authority.PaymentsOf(Ada), (AdaMoney, 100_01), (BenMoney, -100_01));
        Assert.Equal(PostingOutcome.BelowFloor, result.Outcome);
    }

    public static TheoryData<AccountId, AccountId, AccountId> NotPayments => new()
    {
        // debited, credited, the one that is refused
        { BenMoney, AdaMoney, BenMoney },
        { AdaMoney, Bank, Bank },
        { Bank, AdaMoney, Bank },
        { AdaMoney, Sales, Sales },
        // A debit on an asset grows it: Ada would pay with money that nobody has.
        { AdaLoan, BenMoney, AdaLoan },
        // A credit on an asset shrinks it: Ada would take what the co-op is owed by Ben.
        { AdaMoney, BenLoan, BenLoan },
    };

    [Theory]
    [MemberData(nameof(NotPayments))]
    public void Refuses_WhatIsNoPayment(AccountId debited, AccountId credited, AccountId culprit)
    {
        var result = BooksWithMoneyOfAda()
            .PostAs(Authority.PaymentsOf(Ada), (debited, 1), (credited, -1));
        Assert.Equal(PostingOutcome.NotAPayment, result.Outcome);
        Assert.Equal(culprit.ToString(), result.Culprit);
    }

    [Fact]
    public void Refuses_BeforeSayingWhatElseIsWrong()
    {
        var result = BooksWithMoneyOfAda().PostAs(Authority.PaymentsOf(Ada), (Bank, 5), (Sales, -4));
        Assert.Equal(PostingOutcome.NotAPayment, result.Outcome);
    }
}
