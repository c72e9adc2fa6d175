using Coop.Node.Database;
using Coop.Testing;
using Coop.Testing.Faults;
using Npgsql;

namespace Coop.Node.Tests.Database;

/// <summary>Faults at every statement of a write: nothing acknowledged is lost, and nothing is doubled.</summary>
public sealed class TransactionFaultTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const long Counter = 1;

    // The late delivery has tests of its own: its transaction would hold the others' locks.
    private static readonly Fault[] Injected =
        [.. Enum.GetValues<Fault>().Where(f => f is not (Fault.None or Fault.LostAndDeliveredLate))];

    private readonly int _seed = Random.Shared.Next();
    private TestDatabase _database = null!;
    private Tally _tally = null!;
    private FaultProxy _proxy = null!;
    private NpgsqlDataSource _dataSource = null!;
    private Transactions _transactions = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<Fault, int> FaultAtEveryGroup()
    {
        var data = new TheoryData<Fault, int>();
        foreach (var fault in Injected)
        {
            for (var group = 0; group < Tally.GroupsPerStep; group++)
            {
                data.Add(fault, group);
            }
        }

        return data;
    }

    public async ValueTask InitializeAsync()
    {
        output.WriteLine($"seed {_seed}");
        _database = await TestDatabase.CreateMigratedAsync();
        _tally = new Tally(_database);
        await _tally.CreateAsync(Token);
        await _tally.AddCounterAsync(Counter, Token);
        _proxy = FaultProxy.Start(_database.ConnectionString, _seed);
        _dataSource = NpgsqlDataSource.Create(ConnectionSettings.For(_proxy.ConnectionString));
        _transactions = Tally.Through(_dataSource);
        // Warm, so that the groups of a step are the same every time.
        await Tally.StepAsync(_transactions, Counter, Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _dataSource.DisposeAsync();
        await _proxy.DisposeAsync();
        await _tally.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(FaultAtEveryGroup))]
    public async Task OneFault_IsSurvived(Fault fault, int group)
    {
        FailOnce(fault, group);
        var step = await Tally.StepAsync(_transactions, Counter, Token);
        _proxy.Decide(_ => Fault.None);
        Assert.Equal(2, step.Total);
        Assert.Equal(2, await _tally.TotalAsync(Counter, Token));
        Assert.Equal(step.EventId, (await _tally.StepsAsync(Token))[1]);
    }

    [Theory]
    [MemberData(nameof(FaultAtEveryGroup))]
    public async Task ARefusalAfterAFault_LeavesNothing(Fault fault, int group)
    {
        FailOnce(fault, group);
        var attempts = 0;
        var write = _transactions.WriteAsync(
            async (scope, ct) =>
            {
                // The first attempt goes through to its COMMIT, the next one finds a reason to refuse.
                attempts++;
                await Tally.WriteStepAsync(scope, Counter, ct);
                return attempts == 1 ? true : throw new RefusedException();
            },
            Token);
        var refused = await RefusesAsync(write);
        _proxy.Decide(_ => Fault.None);

        // Either the first attempt was committed and its answer found, or it was not and never will be.
        var steps = await _tally.StepsAsync(Token);
        Assert.Equal(refused ? 1 : 2, steps.Count);
        Assert.Equal(refused ? 1 : 2, await _tally.TotalAsync(Counter, Token));
        if (fault is Fault.SerializationFailure or Fault.LostBefore or Fault.UnknownNotPersisted)
        {
            Assert.True(refused);
        }

        if (fault is Fault.LostAfter or Fault.UnknownPersisted)
        {
            Assert.Equal(group < Tally.GroupsPerStep - 1, refused);
        }
    }

    [Fact]
    public async Task TellsBusy_WhenEveryAttemptFails_AndNothingIsChanged()
    {
        _proxy.Decide(_ => Fault.SerializationFailure);
        await Assert.ThrowsAsync<BusyException>(() => Tally.StepAsync(Impatient(), Counter, Token));
        _proxy.Decide(_ => Fault.None);
        Assert.Single(await _tally.StepsAsync(Token));
    }

    [Fact]
    public async Task TellsBusy_WhenEveryCommitIsLost_AndNoneHappens()
    {
        // Only the asking afterwards gets through.
        _proxy.Decide(group => group.Commits ? Fault.LostBefore : Fault.None);
        await Assert.ThrowsAsync<BusyException>(() => Tally.StepAsync(Impatient(), Counter, Token));
        _proxy.Decide(_ => Fault.None);
        Assert.Single(await _tally.StepsAsync(Token));
    }

    [Fact]
    public async Task TellsThatItDoesNotKnow_WhenTheDatabaseIsGoneSinceTheCommit()
    {
        var gone = false;
        _proxy.Decide(group =>
        {
            var fault = gone ? Fault.LostBefore : group.Commits ? Fault.LostAfter : Fault.None;
            gone |= group.Commits;
            return fault;
        });
        await Assert.ThrowsAsync<UnknownOutcomeException>(() => Tally.StepAsync(Impatient(), Counter, Token));
        _proxy.Decide(_ => Fault.None);
        Assert.Equal(2, (await _tally.StepsAsync(Token)).Count);
    }

    [Fact]
    public async Task ManyWritersUnderRandomFaults_CountRight()
    {
        const int Writers = 6;
        const int StepsEach = 20;
        var random = new Random(_seed);
        // Decide is called for one group at a time.
        _proxy.Decide(_ => random.Next(12) == 0 ? Injected[random.Next(Injected.Length)] : Fault.None);
        for (var counter = 2L; counter < 2 + Writers / 2; counter++)
        {
            await _tally.AddCounterAsync(counter, Token);
        }

        // Two writers to a counter, so that they conflict without any injection too.
        var acknowledged = await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            List<Tally.Step> steps = [];
            for (var i = 0; i < StepsEach; i++)
            {
                steps.Add(await Tally.StepAsync(_transactions, 2 + (writer / 2), Token));
            }

            return steps;
        }));
        _proxy.Decide(_ => Fault.None);

        var expected = acknowledged.SelectMany(s => s).Select(s => s.EventId).ToHashSet();
        Assert.Equal(Writers * StepsEach, expected.Count);
        Assert.Equal(expected, (await _tally.StepsAsync(Token)).Skip(1).ToHashSet());
        for (var writer = 0; writer < Writers; writer += 2)
        {
            var totals = acknowledged[writer].Concat(acknowledged[writer + 1]).Select(s => s.Total);
            Assert.Equal(Enumerable.Range(1, 2 * StepsEach).Select(i => (long)i), totals.Order());
        }
    }

    [Fact]
    public async Task ACallerWhoHangsUpBeforeTheCommit_LeavesNothing()
    {
        using var hangUp = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var write = _transactions.WriteAsync(
            async (scope, ct) =>
            {
                await Tally.WriteStepAsync(scope, Counter, ct);
                await hangUp.CancelAsync();
                return 0;
            },
            hangUp.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write);
        Assert.Single(await _tally.StepsAsync(Token));
    }

    [Fact]
    public async Task ASwallowedFailure_DoesNotLookLikeACommit()
    {
        // PostgreSQL answers COMMIT of a failed transaction with ROLLBACK, and no error.
        var write = _transactions.MaintainAsync(
            async (transaction, ct) =>
            {
                await using var broken = new NpgsqlCommand("SELECT no_such_column", transaction.Connection, transaction);
                await Assert.ThrowsAsync<PostgresException>(() => broken.ExecuteScalarAsync(ct));
                return 0;
            },
            Token);
        var failure = await Assert.ThrowsAsync<PostgresException>(() => write);
        Assert.Equal(PostgresErrorCodes.InFailedSqlTransaction, failure.SqlState);
    }

    [Fact]
    public async Task ACommitThatArrivesAfterItsRetry_HappensOnce()
    {
        _proxy.Decide(HoldBackOnce());
        var step = await _transactions.WriteAsync(
            (scope, _) => Task.FromResult(Tally.DeferStep(scope, total: 7)), Token);
        await _proxy.DeliverLateAsync();
        Assert.Equal(step.EventId, (await _tally.StepsAsync(Token))[1]);
        Assert.Equal(2, (await _tally.StepsAsync(Token)).Count);
    }

    [Fact]
    public async Task ACommitThatArrivesAfterTheRefusalOfItsRetry_DoesNotHappen()
    {
        _proxy.Decide(HoldBackOnce());
        var attempts = 0;
        await Assert.ThrowsAsync<RefusedException>(() => _transactions.WriteAsync(
            (scope, _) => ++attempts == 1
                ? Task.FromResult(Tally.DeferStep(scope, total: 7))
                : throw new RefusedException(),
            Token));
        await _proxy.DeliverLateAsync();
        Assert.Single(await _tally.StepsAsync(Token));
    }

    [Fact]
    public async Task ACommitThatArrivesAfterTheCallerHeardBusy_DoesNotHappen()
    {
        var hold = HoldBackOnce();
        _proxy.Decide(group => hold(group) is var fault && fault != Fault.None || !group.Commits
            ? fault
            : Fault.SerializationFailure);
        await Assert.ThrowsAsync<BusyException>(() => Impatient().WriteAsync(
            (scope, _) => Task.FromResult(Tally.DeferStep(scope, total: 7)), Token));
        await _proxy.DeliverLateAsync();
        Assert.Single(await _tally.StepsAsync(Token));
    }

    [Fact]
    public async Task NothingLeftToDoAfterAFault_AnswersWhatTheFirstAttemptDid()
    {
        FailOnce(Fault.LostAfter, Tally.GroupsPerStep - 1);
        var attempts = 0;
        var total = await _transactions.WriteAsync(
            async (scope, ct) => ++attempts == 1 ? (await Tally.WriteStepAsync(scope, Counter, ct)).Total : -1,
            Token);
        Assert.Equal(2, total);
        Assert.Equal(2, (await _tally.StepsAsync(Token)).Count);
    }

    [Fact]
    public async Task ARowThatAnotherWroteAMomentAgo_IsFoundByLookingAgain()
    {
        const long late = 7;
        Assert.True(await _transactions.MaintainAsync(
            async (transaction, ct) =>
            {
                await using var look = new NpgsqlCommand("SELECT count(*) FROM tally_totals WHERE id = 7", transaction.Connection, transaction);
                if ((long)(await look.ExecuteScalarAsync(ct))! > 0)
                {
                    return true;
                }

                await _tally.AddCounterAsync(late, ct);
                await InsertTotalAsync(transaction, late, ct);
                return false;
            },
            Token));
    }

    [Fact]
    public async Task ARowThatIsThereForGood_IsAFaultOfTheWrite()
    {
        var attempts = 0;
        await Assert.ThrowsAsync<PostgresException>(() => _transactions.MaintainAsync(
            async (transaction, ct) =>
            {
                attempts++;
                await InsertTotalAsync(transaction, Counter, ct);
                return true;
            },
            Token));
        Assert.Equal(Transactions.MaxLooks, attempts);
    }

    private static async Task InsertTotalAsync(NpgsqlTransaction transaction, long id, CancellationToken ct)
    {
        await using var insert = new NpgsqlCommand(
            "INSERT INTO tally_totals (id, total) VALUES ($1, 0)", transaction.Connection, transaction) { Parameters = { new() { Value = id } } };
        await insert.ExecuteNonQueryAsync(ct);
    }

    private static Func<StatementGroup, Fault> HoldBackOnce()
    {
        var held = false;
        return group =>
        {
            var hold = group.Commits && !held;
            held |= hold;
            return hold ? Fault.LostAndDeliveredLate : Fault.None;
        };
    }

    private static async Task<bool> RefusesAsync(Task<bool> write)
    {
        try
        {
            return !await write;
        }
        catch (RefusedException)
        {
            return true;
        }
    }

    private Transactions Impatient() => Tally.Through(_dataSource, maxAttempts: 4);

    private void FailOnce(Fault fault, int group)
    {
        var seen = 0;
        _proxy.Decide(_ => seen++ == group ? fault : Fault.None);
    }

    private sealed class RefusedException : Exception;
}
