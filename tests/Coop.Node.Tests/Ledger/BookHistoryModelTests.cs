using System.Net;
using System.Text.Json;
using Coop.Testing;
using CsCheck;
using Npgsql;

namespace Coop.Node.Tests.Ledger;

/// <summary>
/// The real books against <see cref="ModelBooks"/> under random histories over HTTP: journals, batches, pending
/// journals, reversals and closed days, one by one and at once. A failure prints the seed that repeats it.
/// </summary>
public sealed class BookHistoryModelTests : IAsyncLifetime
{
    private const int Days = 6;
    private const int AccountCount = 6;

    private const string SelectStanding = """
        SELECT account_id, balance_minor, pending_debit_minor, pending_credit_minor
        FROM ledger_balances WHERE account_id = ANY($1)
        """;

    private static readonly Gen<(int, long)[]> AnyLines = Gen.Frequency(
        (5, Gen.Select(Gen.Select(Gen.Int[0, AccountCount - 1], Gen.Long[-6, 6]).Array[1, 3], Gen.Int[0, AccountCount - 1],
            (lines, last) => ((int, long)[])[.. lines, (last, -lines.Sum(l => l.Item2))])),
        // Payments between the members' accounts, which stand first.
        (4, Gen.Select(Gen.Int[0, 1], Gen.Int[0, 1], Gen.Long[1, 5], (from, to, minor) => ((int, long)[])[(from, minor), (to, -minor)])),
        (1, Gen.Select(Gen.Int[0, AccountCount - 1], Gen.Long[-6, 6]).Array[2, 3]));

    private enum Kind
    {
        Post,
        Batch,
        Reserve,
        End,
        Reverse,
        Close,
    }

    /// <param name="Kind">What is done.</param>
    /// <param name="Sender">0 keeps the books, 1 and 2 are members.</param>
    /// <param name="Items">What it moves; only the first one, but for batches.</param>
    /// <param name="Pick">Which of the pending ones or journals.</param>
    /// <param name="Flag">Whether a pending one is posted.</param>
    private sealed record Draft(Kind Kind, int Sender, ((int, long)[] Lines, int Day, bool Linked)[] Items, int Pick, bool Flag);

    private static readonly Gen<Draft> AnyDraft = Gen.Select(
        Gen.Frequency(
            (5, Gen.Const(Kind.Post)), (3, Gen.Const(Kind.Batch)), (4, Gen.Const(Kind.Reserve)), (5, Gen.Const(Kind.End)),
            (3, Gen.Const(Kind.Reverse)), (1, Gen.Const(Kind.Close))),
        Gen.Frequency((3, Gen.Const(0)), (2, Gen.Const(1)), (2, Gen.Const(2))),
        Gen.Select(AnyLines, Gen.Int[0, Days - 1], Gen.Bool).Array[1, 4],
        Gen.Int[0, 5],
        Gen.Bool,
        (kind, sender, items, pick, flag) => new Draft(kind, sender, items, pick, flag));

    private TestNode _node = null!;
    private NpgsqlDataSource _database = null!;
    private LedgerClient[] _senders = null!;
    private int _units;

    public async ValueTask InitializeAsync()
    {
        _node = await TestNode.StartAsync();
        _database = NpgsqlDataSource.Create(_node.Database.ConnectionString);
        var admin = await TestMember.EnrolAdministratorAsync(_node);
        _senders = [new(admin), new(await admin.InviteAsync(_node, "Ada")), new(await admin.InviteAsync(_node, "Ben"))];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var sender in _senders)
        {
            sender.Dispose();
        }

        await _database.DisposeAsync();
        await _node.DisposeAsync();
    }

    [Fact]
    public Task EveryHistory_GoesAsTheModelSays() => Gen
        .OneOf(AnyDraft.Array[1, 1], AnyDraft.Array[2, 3])
        .Array[5, 10]
        .SampleAsync(RunAsync, iter: 20, threads: 1);

    private async Task RunAsync(Draft[][] history)
    {
        var accounts = await OpenAccountsAsync();
        var ids = accounts.Select(a => a.Id).ToArray();
        var begins = await OpenFromAsync();
        var run = new Run(accounts, begins, [], Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString());
        var model = new ModelBooks(accounts, 0);
        foreach (var (number, drafts) in history.Index())
        {
            var steps = drafts.Select((d, i) => StepOf(d, $"{number:D2}-{i}", model)).OfType<ModelBooks.Step>().ToList();
            var outcomes = await Task.WhenAll(steps.Select(s => SendAsync(s, run)));
            var openFrom = (await OpenFromAsync()).DayNumber - begins.DayNumber;
            model = Explain(model, steps, outcomes, [.. await StandingAsync(ids)], openFrom);
            await LedgerInvariants.AssertAsync(CountAsync, ids);
        }
    }

    /// <summary>What is done, given what there is to do it to; null where there is nothing.</summary>
    private static ModelBooks.Step? StepOf(Draft draft, string name, ModelBooks model) => draft.Kind switch
    {
        Kind.Post => new ModelBooks.Step.Post(draft.Sender, name, draft.Items[0].Lines, draft.Items[0].Day),
        Kind.Reserve => new ModelBooks.Step.Reserve(draft.Sender, name, draft.Items[0].Lines, draft.Items[0].Day),
        Kind.Batch => new ModelBooks.Step.Batch(
            draft.Sender, name,
            [.. draft.Items.Select((item, i) => new ModelBooks.Item($"{name}-{i}", item.Lines, item.Day, item.Linked))]),
        Kind.End when model.Pending is { Count: > 0 } open =>
            new ModelBooks.Step.End(draft.Sender, name, open[draft.Pick % open.Count], draft.Flag),
        Kind.Reverse when model.Journals is { Count: > 0 } journals =>
            new ModelBooks.Step.Reverse(name, journals[draft.Pick % journals.Count], draft.Items[0].Day),
        Kind.Close => new ModelBooks.Step.Close(name, draft.Pick),
        _ => null,
    };

    /// <summary>
    /// The model after some order of the steps that has these outcomes and leaves the books like this: steps at once
    /// must look as if they had come one by one.
    /// </summary>
    private static ModelBooks Explain(
        ModelBooks before, List<ModelBooks.Step> steps, string[][] outcomes, List<(long, long, long)> standing, int openFrom)
    {
        foreach (var order in Orders(steps.Count))
        {
            var model = before.Copy();
            if (order.All(i => model.Apply(steps[i]).SequenceEqual(outcomes[i], StringComparer.Ordinal))
                && model.Standing.SequenceEqual(standing)
                && (model.OpenFrom == openFrom))
            {
                return model;
            }
        }

        var inTurn = before.Copy();
        throw new InvalidOperationException(
            $"No order explains {string.Join("; ", outcomes.Select(o => string.Join(',', o)))}, one by one: "
            + string.Join("; ", steps.Select(s => $"{s.GetType().Name} {string.Join(',', inTurn.Apply(s))}")));
    }

    private static IEnumerable<int[]> Orders(int count) => count <= 1
        ? [[.. Enumerable.Range(0, count)]]
        : Orders(count - 1).SelectMany(order => Enumerable.Range(0, count)
            .Select(at => (int[])[.. order[..at], count - 1, .. order[at..]]));

    private async Task<string[]> SendAsync(ModelBooks.Step step, Run run)
    {
        var (client, key) = (_senders[step.Sender], $"{run.Name}-{step.Name}");
        return step switch
        {
            ModelBooks.Step.Post post => Note(run, step.Name, await client.PostAsync("journals", Journal(run, post.Lines, post.Day), key)),
            ModelBooks.Step.Reserve reserve => Note(run, step.Name, await client.PostAsync(
                "pending", new { journal = Journal(run, reserve.Lines, reserve.Day) }, key)),
            ModelBooks.Step.End { IsPosted: true } end => Note(run, step.Name, await client.PostAsync(
                $"pending/{run.Ids[end.Pending]}/post", new { }, key)),
            ModelBooks.Step.End end => [Outcome(await client.PostAsync($"pending/{run.Ids[end.Pending]}/void", new { }, key))],
            ModelBooks.Step.Reverse reverse => Note(run, step.Name, await client.PostAsync(
                $"journals/{run.Ids[reverse.Journal]}/reverse", new { effectiveDate = Date(run, reverse.Day) }, key)),
            ModelBooks.Step.Close close => [Outcome(await client.PostAsync("periods/close", new { openFrom = Date(run, close.Day) }))],
            ModelBooks.Step.Batch batch => Note(run, batch, await client.PostAsync("journals/batch", new
            {
                items = batch.Items.Select(i => new { key = $"{run.Name}-{i.Name}", journal = Journal(run, i.Lines, i.Day), linked = i.Linked }),
            })),
            _ => throw new ArgumentOutOfRangeException(nameof(step)),
        };
    }

    private static string[] Note(Run run, string name, LedgerAnswer answer)
    {
        if (answer.Status == HttpStatusCode.Created)
        {
            lock (run.Ids)
            {
                run.Ids[name] = answer.Id;
            }
        }

        return [Outcome(answer)];
    }

    private static string[] Note(Run run, ModelBooks.Step.Batch batch, LedgerAnswer answer)
    {
        var items = answer.ExpectOk().Json.GetProperty("items").EnumerateArray().ToList();
        foreach (var (item, sent) in items.Zip(batch.Items))
        {
            if (item.GetProperty("journal") is { ValueKind: JsonValueKind.Object } journal)
            {
                lock (run.Ids)
                {
                    run.Ids[sent.Name] = journal.GetProperty("id").GetGuid();
                }
            }
        }

        return [.. items.Select(i => i.GetProperty("outcome").GetString()!)];
    }

    private static string Outcome(LedgerAnswer answer) => answer.Problem ?? "posted";

    private static string Date(Run run, int day) => run.Begins.AddDays(day).ToString("O");

    private static object Journal(Run run, (int Account, long Minor)[] lines, int day) => new
    {
        memo = "",
        effectiveDate = Date(run, day),
        postings = lines.Select(l => new { accountId = run.Accounts[l.Account].Id, amountMinor = l.Minor }),
    };

    private async Task<DateOnly> OpenFromAsync() => DateOnly.Parse(
        (await _senders[0].GetAsync("periods")).ExpectOk().Json.GetProperty("openFrom").GetString()!,
        System.Globalization.CultureInfo.InvariantCulture);

    private async Task<IEnumerable<(long, long, long)>> StandingAsync(Guid[] ids)
    {
        await using var command = _database.CreateCommand(SelectStanding);
        command.Parameters.Add(new() { Value = ids });
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new Dictionary<Guid, (long, long, long)>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows[reader.GetGuid(0)] = (reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
        }

        return ids.Select(id => rows[id]);
    }

    private async Task<long> CountAsync(string sql, object[] values)
    {
        await using var command = _database.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return Convert.ToInt64(
            await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task<IReadOnlyList<ModelBooks.Account>> OpenAccountsAsync()
    {
        var unit = $"M{Interlocked.Increment(ref _units):D5}";
        (await _senders[0].CreateUnitAsync(unit)).ExpectCreated();
        return
        [
            await OpenAsync(unit, "liability", 1, -5, null),
            await OpenAsync(unit, "liability", 2, 0, 9),
            await OpenAsync(unit, "asset", 0, null, null),
            await OpenAsync(unit, "income", 0, null, null),
            await OpenAsync(unit, "asset", 0, -4, 7),
            await OpenAsync(unit, "equity", 0, -8, null),
        ];
    }

    private async Task<ModelBooks.Account> OpenAsync(string unit, string type, int owner, long? floorMinor, long? ceilingMinor)
    {
        var answer = await _senders[0].TryOpenAsync(new
        {
            name = "Account", unit, type, ownerId = owner == 0 ? (Guid?)null : _senders[owner].Member.Id, floorMinor, ceilingMinor,
        });
        return new(answer.ExpectCreated().Id, type == "asset" ? 1 : -1, owner, floorMinor, ceilingMinor);
    }

    /// <param name="Accounts">The accounts by their number.</param>
    /// <param name="Begins">The first open day when the history begins: day 0.</param>
    /// <param name="Ids">Journals and pending journals by their names.</param>
    /// <param name="Name">Tells its keys from those of others.</param>
    private sealed record Run(IReadOnlyList<ModelBooks.Account> Accounts, DateOnly Begins, Dictionary<string, Guid> Ids, string Name);
}
