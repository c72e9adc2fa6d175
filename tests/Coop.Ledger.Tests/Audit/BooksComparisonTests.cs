using Coop.Ledger.Accounts;
using Coop.Ledger.Audit;

namespace Coop.Ledger.Tests.Audit;

/// <summary>What a node says of its own log excuses nothing; what the log shows does.</summary>
public sealed class BooksComparisonTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2026, 1, 1);
    private static readonly AccountFacts Bank = new(IdOf(1), "EUR", AccountType.Asset, 0, null, false, false);
    private static readonly AccountFacts Richer = Bank with { FloorMinor = -1_000_000 };
    private static readonly Guid Said = IdOf(7);

    private readonly BookFindings _findings = new();
    private readonly BooksComparison _comparison;

    public BooksComparisonTests()
    {
        var replay = new BooksReplay(_findings);
        replay.Add(new AccountOpened(0, Start, "member:a", Bank));
        _comparison = new(replay, _findings);
    }

    [Fact]
    public void AChangedAccount_IsFound()
    {
        Compare(Richer);
        Assert.Equal([BookFindingCode.AccountChanged], _findings.Kept.Select(f => f.Code));
        Assert.Empty(_comparison.Unproven);
    }

    [Fact]
    public void AChangedAccount_IsNotExcused_ByWhatIsSaidToWait()
    {
        _comparison.AddWaiting(Said);
        Compare(Richer);
        Assert.Empty(_findings.Kept);
        Assert.Contains("floor -1000000", Assert.Single(_comparison.Unproven), StringComparison.Ordinal);
    }

    [Fact]
    public void AChangedAccount_IsExcused_ByItsOwnChange_InTheLog()
    {
        _comparison.AddWaiting(Said);
        _comparison.AddLater(Said, Bank.Id, movesPeriod: false);
        Compare(Richer);
        Assert.Equal((0, 0), (_findings.Count, _comparison.UnprovenCount));
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public void AChangedAccount_IsNotExcused_ByAnotherOnesChange_OrALaterOne(bool isSaid, byte account)
    {
        if (isSaid)
        {
            _comparison.AddWaiting(Said);
        }

        _comparison.AddLater(Said, IdOf(account), movesPeriod: false);
        Compare(Richer);
        Assert.Equal([BookFindingCode.AccountChanged], _findings.Kept.Select(f => f.Code));
    }

    [Theory]
    [InlineData(false, false, 1, 0, 0)]
    [InlineData(true, false, 0, 1, 0)]
    [InlineData(true, true, 0, 0, 1)]
    public void AJournalThatTheLogDoesNotTell(bool isSaid, bool isShown, int found, int unproven, int waiting)
    {
        if (isSaid)
        {
            _comparison.AddWaiting(Said);
        }

        if (isShown)
        {
            _comparison.AddLater(Said, null, movesPeriod: false);
        }

        _comparison.Add(new JournalFacts(IdOf(5), 1, Day, "", null, [], null, [new(Bank.Id, 5)]), Said, true, [(1, 5)]);
        _comparison.Add(Bank, 5, isSaid ? 1 : 0, IdOf(3));

        Assert.Equal(found, _findings.Kept.Count(f => f.Code == BookFindingCode.JournalUnlogged));
        Assert.Equal((unproven, waiting), (_comparison.UnprovenCount, _comparison.WaitingCount));
    }

    [Theory]
    [InlineData(false, false, 1, 0)]
    [InlineData(true, false, 0, 1)]
    [InlineData(true, true, 0, 0)]
    public void TheFirstOpenDay_IsHeldAgainstTheLog(bool isSaid, bool isShown, int found, int unproven)
    {
        if (isSaid)
        {
            _comparison.AddWaiting(Said);
        }

        if (isShown)
        {
            _comparison.AddLater(Said, null, movesPeriod: true);
        }

        _comparison.AddOpenFrom(Day);

        Assert.Equal((found, unproven), (_findings.Count, _comparison.UnprovenCount));
    }

    private void Compare(AccountFacts account) => _comparison.Add(account, 0, 0, IdOf(3));

    private static Guid IdOf(byte n) => new(n, 0, 0, new byte[8]);
}
