using Coop.Ledger.Accounts;
using Coop.Ledger.Journals;
using Coop.Ledger.Units;

namespace Coop.Ledger.Tests.Journals;

/// <summary>A small co-op's books, with short names for its accounts.</summary>
internal static class Scenario
{
    public static readonly MemberId Ada = new(Id(1));
    public static readonly MemberId Ben = new(Id(2));

    public static readonly AccountId Bank = new(Id(10));
    public static readonly AccountId Sales = new(Id(11));
    public static readonly AccountId AdaMoney = new(Id(12));
    public static readonly AccountId BenMoney = new(Id(13));
    public static readonly AccountId AdaHours = new(Id(14));
    public static readonly AccountId HoursPool = new(Id(15));
    public static readonly AccountId AdaLoan = new(Id(16));
    public static readonly AccountId BenLoan = new(Id(17));
    public static readonly AccountId Nowhere = new(Id(99));

    public static Books NewBooks() => new(
        Folio.Flyleaf,
    [
        State(Bank, "EUR", AccountType.Asset),
        State(Sales, "EUR", AccountType.Income),
        State(AdaMoney, "EUR", AccountType.Liability, Ada),
        State(BenMoney, "EUR", AccountType.Liability, Ben),
        State(AdaHours, "HOURS", AccountType.Liability, Ada),
        State(HoursPool, "HOURS", AccountType.Equity),
        State(AdaLoan, "EUR", AccountType.Asset, Ada),
        State(BenLoan, "EUR", AccountType.Asset, Ben),
    ]);

    /// <summary>As <see cref="NewBooks"/>, after the co-op took in 100.00 for Ada.</summary>
    public static Books BooksWithMoneyOfAda()
    {
        var books = NewBooks();
        Assert.Equal(PostingOutcome.Posted, books.Post((Bank, 100_00), (AdaMoney, -100_00)).Outcome);
        return books;
    }

    public static PostingResult Post(this Books books, params (AccountId Account, long Minor)[] postings) =>
        books.PostAs(Authority.Full, postings);

    public static PostingResult PostAs(
        this Books books, Authority authority, params (AccountId Account, long Minor)[] postings) =>
        books.Post(Head, [.. postings.Select(p => new PostingDraft(p.Account, new Amount(p.Minor)))], authority);

    public static JournalHead Head { get; } = new(
        new JournalId(Id(1000)), Id(1001), "Memo", new DateOnly(2026, 1, 31),
        new DateTimeOffset(2026, 2, 1, 12, 0, 0, TimeSpan.Zero), Ada);

    public static AccountState State(
        AccountId id, string unit, AccountType type, MemberId? owner = null) => new(
        new Account(id, null, "Name", UnitCode.Parse(unit), type, owner, Account.DefaultFloor(owner)),
        Amount.Zero,
        0);

    public static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
}
