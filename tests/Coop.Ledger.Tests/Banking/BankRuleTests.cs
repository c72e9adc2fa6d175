using Coop.Ledger.Banking;

namespace Coop.Ledger.Tests.Banking;

/// <summary>Which rule a line falls under, and what a reconciliation says.</summary>
public sealed class BankRuleTests
{
    private static readonly BankLine Line = new(new(2026, 1, 1), new(2026, 1, 1), -5, "B1", "R1", "Stadtwerke AG", "Strom Januar");

    [Fact]
    public void TheRuleThatSaysMost_Counts_InLettersOfAnyCase()
    {
        var (brief, exact, other) = (Rule("strom"), Rule("STADTWERKE"), Rule("Gas"));
        Assert.Equal(exact, BankRule.For(Line, [brief, exact, other]));
        Assert.Equal(brief, BankRule.For(Line, [brief, other]));
        Assert.Null(BankRule.For(Line, [other]));
    }

    [Fact]
    public void NoRule_ReachesFromOneFieldIntoTheNext() => Assert.Null(BankRule.For(Line, [Rule("AGR1")]));

    [Theory]
    [InlineData(100, 100, 0, 0, true)]
    [InlineData(100, 70, 30, 0, true)]
    [InlineData(100, 130, 0, 30, true)]
    [InlineData(100, 130, 30, 0, false)]
    public void OpenOnes_ExplainTheDifference(long statement, long book, long lines, long postings, bool agrees) =>
        Assert.Equal(agrees, new Reconciliation(statement, book, lines, postings).IsReconciled);

    [Fact]
    public void WithoutAStatement_NothingIsReconciled() => Assert.False(new Reconciliation(null, 0, 0, 0).IsReconciled);

    private static BankRule Rule(string contains) => new(new Guid(contains.Length, 0, 0, new byte[8]), contains, Guid.Empty, "");
}
