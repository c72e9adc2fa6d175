using Coop.Testing.Faults;

namespace Coop.Node.Tests.Ledger;

/// <summary>
/// Batches, pending journals, reversals and closings under one fault of the database at each of their steps: what is
/// answered is done, once, and the books stay whole.
/// </summary>
public sealed class BookFaultTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly int _seed = Random.Shared.Next();
    private FaultyLedger _ledger = null!;
    private Effect _expected;
    private DateOnly _openFrom = new(2000, 1, 1);

    public async ValueTask InitializeAsync()
    {
        output.WriteLine($"seed {_seed}");
        _ledger = await FaultyLedger.StartAsync(_seed);
        (await JournalAsync("warm")).ExpectCreated();
        _expected = new(Journals: 1, Reserved: 0, Ended: 0, Changes: 0);
    }

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();

    [Fact]
    public Task ABatchOfLinkedJournals_IsPostedOnce() => SurvivesAsync(key => Task.FromResult(new Attempt(
        () => _ledger.Admin.PostAsync("journals/batch", new
        {
            items = new[]
            {
                new { key = $"{key}-1", journal = Journal(), linked = true },
                new { key = $"{key}-2", journal = Journal(), linked = false },
            },
        }),
        new(2, 0, 0, 0),
        a => a.ExpectOk().Json.GetProperty("items").EnumerateArray().All(i => i.GetProperty("replayed").GetBoolean()))));

    [Fact]
    public Task AReservation_IsMadeOnce() => SurvivesAsync(key => Task.FromResult(Keyed(
        () => _ledger.Admin.PostAsync("pending", new { journal = Journal() }, key), new(0, 1, 0, 0))));

    [Fact]
    public Task AReservation_IsPostedOnce() => SurvivesAsync(async key =>
    {
        var id = await ReserveAsync(key);
        return Keyed(() => _ledger.Admin.PostAsync($"pending/{id}/post", new { }, key), new(1, 0, 1, 0));
    });

    [Fact]
    public Task AReservation_IsGivenUpOnce() => SurvivesAsync(async key =>
    {
        var id = await ReserveAsync(key);
        return Keyed(() => _ledger.Admin.PostAsync($"pending/{id}/void", new { }, key), new(0, 0, 1, 0));
    });

    [Fact]
    public Task AJournal_IsReversedOnce() => SurvivesAsync(async key =>
    {
        var id = (await JournalAsync($"{key}-first")).ExpectCreated().Id;
        _expected = _expected.With(new(1, 0, 0, 0));
        return Keyed(() => _ledger.Admin.PostAsync($"journals/{id}/reverse", new { effectiveDate = "2026-01-31" }, key), new(1, 0, 0, 0));
    });

    [Fact]
    public Task APeriod_IsClosedOnce() => SurvivesAsync(_ =>
    {
        var day = _openFrom = _openFrom.AddDays(1);
        return Task.FromResult(new Attempt(
            () => _ledger.Admin.PostAsync("periods/close", new { openFrom = day.ToString("O") }),
            new(0, 0, 0, 1),
            a => a.Problem == "period-unchanged"));
    });

    /// <summary>Does it with each fault at its first step, its second and so on, until there is no such step.</summary>
    private async Task SurvivesAsync(Func<string, Task<Attempt>> prepare)
    {
        foreach (var fault in FaultyLedger.Faults)
        {
            for (var (step, isThere) = (0, true); isThere; step++)
            {
                var attempt = await prepare($"{fault}-{step}");
                var seen = 0;
                _ledger.Proxy.Decide(g => FaultyLedger.IsPosting(g) && seen++ == step ? fault : Fault.None);
                var answer = await attempt.Send();
                _ledger.Proxy.Decide(_ => Fault.None);
                isThere = seen > step;

                Assert.True((int)answer.Status is 200 or 201, $"{fault} at step {step}: {answer.Text}");
                _expected = _expected.With(attempt.Effect);
                Assert.True(attempt.IsDone(await attempt.Send()), $"{fault} at step {step}: the second time it was no repetition.");
                await AssertBooksAsync();
                Assert.True(isThere || step > 0, "There was no step at all.");
            }
        }
    }

    private async Task AssertBooksAsync()
    {
        Assert.Equal(_expected, new(
            await _ledger.CountAsync("SELECT count(*) FROM ledger_journals"),
            await _ledger.CountAsync("SELECT count(*) FROM ledger_pending"),
            await _ledger.CountAsync("SELECT count(*) FROM ledger_pending_ends"),
            await _ledger.CountAsync("SELECT count(*) FROM ledger_folios WHERE kind = 1")));
        Assert.Equal(
            _expected.Reserved - _expected.Ended,
            await _ledger.CountAsync("SELECT pending_debit_minor FROM ledger_balances WHERE account_id = $1", _ledger.Bank));
        await LedgerInvariants.AssertAsync(_ledger.CountAsync, [_ledger.Bank, _ledger.Sales]);
    }

    private static Attempt Keyed(Func<Task<LedgerAnswer>> send, Effect effect) => new(send, effect, a => a.Replayed);

    private object Journal() => LedgerClient.Journal((_ledger.Bank, 1), (_ledger.Sales, -1));

    private Task<LedgerAnswer> JournalAsync(string key) => _ledger.Admin.JournalAsync(key, (_ledger.Bank, 1), (_ledger.Sales, -1));

    private async Task<Guid> ReserveAsync(string key)
    {
        var id = (await _ledger.Admin.PostAsync("pending", new { journal = Journal() }, $"{key}-first")).ExpectCreated().Id;
        _expected = _expected.With(new(0, 1, 0, 0));
        return id;
    }

    /// <param name="Send">Asks for it.</param>
    /// <param name="Effect">What it leaves.</param>
    /// <param name="IsDone">Whether the answer to asking again says that it was done already.</param>
    private sealed record Attempt(Func<Task<LedgerAnswer>> Send, Effect Effect, Func<LedgerAnswer, bool> IsDone);

    private readonly record struct Effect(long Journals, long Reserved, long Ended, long Changes)
    {
        public Effect With(Effect more) =>
            new(Journals + more.Journals, Reserved + more.Reserved, Ended + more.Ended, Changes + more.Changes);
    }
}
