using Coop.Ledger.Banking;

namespace Coop.Ledger.Tests.Banking;

public sealed class BankMatchingTests
{
    private static readonly DateOnly Day = new(2026, 3, 10);

    [Fact]
    public void Suggests_TheSameAmount_WithinTheWindow()
    {
        var (near, far, other) = (Posting(1, 7, 5), Posting(2, 8, 5), Posting(3, 0, 6));
        Assert.Equal([near], BankMatching.Suggest([Line(5)], [near, far, other]).Select(s => s.Posting));
    }

    [Fact]
    public void AReference_CountsMoreThanANameAndADay()
    {
        var byReference = Posting(1, 7, 5, reference: "INV 2026/17");
        var byName = Posting(2, 0, 5, memo: "From Ben Baker");
        var suggestions = BankMatching.Suggest([Line(5, "inv-2026-17", "Ben Baker")], [byName, byReference]);
        Assert.Equal([byReference, byName], suggestions.Select(s => s.Posting));
        Assert.Equal([true, false], suggestions.Select(s => s.IsCertain));
    }

    /// <summary>Two payments that nothing tells apart are a question for people.</summary>
    [Fact]
    public void NothingIsCertain_WhereSomethingElseFitsAsWell()
    {
        Assert.DoesNotContain(BankMatching.Suggest([Line(5)], [Posting(1, 1, 5), Posting(2, -1, 5)]), s => s.IsCertain);
        Assert.DoesNotContain(BankMatching.Suggest([Line(5), Line(5)], [Posting(1, 1, 5)]), s => s.IsCertain);
        Assert.True(Assert.Single(BankMatching.Suggest([Line(5)], [Posting(1, 1, 5)])).IsCertain);
    }

    [Fact]
    public void AShortReference_SaysNothing()
    {
        var suggestion = Assert.Single(BankMatching.Suggest([Line(5, "1")], [Posting(1, 7, 5, reference: "1")]));
        Assert.Equal(11, suggestion.Score);
    }

    [Fact]
    public void Suggestions_AreBounded() =>
        Assert.Equal(BankMatching.MaxSuggestions, BankMatching.Suggest([Line(5)], [.. Enumerable.Range(1, 50).Select(i => Posting(i, 0, 5))]).Count);

    private static BankLine Line(decimal amount, string reference = "", string name = "") => new(Day, Day, amount, "", reference, name, "");

    private static OpenPosting Posting(int number, int days, decimal amount, string reference = "", string memo = "") =>
        new(new Guid(number, 0, 0, new byte[8]), 1, Day.AddDays(days), amount, reference, memo);
}
