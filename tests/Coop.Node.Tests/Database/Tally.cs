using System.Text.Json.Nodes;
using Coop.Federation.Log;
using Coop.Node.Database;
using Coop.Node.Log;
using Coop.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Coop.Node.Tests.Database;

/// <summary>
/// A small piece of state with events, to write through <see cref="Transactions"/>: a counter, a row for
/// each step of it, and an event for each row.
/// </summary>
internal sealed class Tally(TestDatabase database) : IAsyncDisposable
{
    private const string CreateTotals =
        "CREATE TABLE tally_totals (id bigint NOT NULL PRIMARY KEY, total bigint NOT NULL)";

    private const string CreateSteps =
        "CREATE TABLE tally_steps (id uuid NOT NULL PRIMARY KEY, event_id uuid NOT NULL, total bigint NOT NULL)";

    private const string InsertTotal = "INSERT INTO tally_totals (id, total) VALUES ($1, 0)";
    private const string SelectTotal = "SELECT total FROM tally_totals WHERE id = $1";
    private const string UpdateTotal = "UPDATE tally_totals SET total = $2 WHERE id = $1";
    private const string InsertStep = "INSERT INTO tally_steps (id, event_id, total) VALUES ($1, $2, $3)";
    private const string SelectSteps = "SELECT event_id, total FROM tally_steps ORDER BY total, event_id";
    private const string SelectIntake = "SELECT id FROM log_intake";
    private const string SelectPayloads = "SELECT event_id FROM event_payloads WHERE salt <> ''";

    private readonly NpgsqlDataSource _direct = NpgsqlDataSource.Create(database.ConnectionString);

    /// <summary>The groups of statements of one step: read, update, and the last with COMMIT.</summary>
    public const int GroupsPerStep = 3;

    /// <param name="Id">The step's row.</param>
    /// <param name="EventId">Its first event.</param>
    /// <param name="Total">The counter after it.</param>
    public sealed record Step(Guid Id, Guid EventId, long Total);

    public static Transactions Through(NpgsqlDataSource dataSource, int maxAttempts = Transactions.MaxAttempts) =>
        new(dataSource, TimeProvider.System, new SequencerSignal(), NullLogger<Transactions>.Instance)
        {
            NewBudget = () => new RetryBudget(maxAttempts, TimeSpan.FromMinutes(5)),
        };

    /// <summary>One step of the counter, with two events.</summary>
    public static Task<Step> StepAsync(Transactions transactions, long counter, CancellationToken ct) =>
        transactions.WriteAsync((scope, token) => WriteStepAsync(scope, counter, token), ct);

    public static async Task<Step> WriteStepAsync(WriteScope scope, long counter, CancellationToken ct)
    {
        var total = (long)(await ScalarAsync(scope, SelectTotal, ct, counter))! + 1;
        await ScalarAsync(scope, UpdateTotal, ct, counter, total);
        return DeferStep(scope, total);
    }

    /// <summary>A step that leaves all to the last round trip.</summary>
    public static Step DeferStep(WriteScope scope, long total)
    {
        var id = scope.NewId();
        var eventId = scope.Append(Event(id, total));
        scope.Append(Event(id, -total));
        scope.Defer(Command(InsertStep, id, eventId, total));
        return new Step(id, eventId, total);
    }

    public async Task CreateAsync(CancellationToken ct)
    {
        await ExecuteAsync(CreateTotals, ct);
        await ExecuteAsync(CreateSteps, ct);
    }

    public async Task AddCounterAsync(long counter, CancellationToken ct) =>
        await ExecuteAsync(InsertTotal, ct, counter);

    public async Task<long> TotalAsync(long counter, CancellationToken ct)
    {
        await using var command = _direct.CreateCommand(SelectTotal);
        command.Parameters.Add(new() { Value = counter });
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>
    /// Event ids of all steps. Asserts that each has its payload and its place in the intake, and that
    /// there is no event without a step.
    /// </summary>
    public async Task<IReadOnlyList<Guid>> StepsAsync(CancellationToken ct)
    {
        var steps = await ListAsync(SelectSteps, ct);
        var intake = await ListAsync(SelectIntake, ct);
        var payloads = await ListAsync(SelectPayloads, ct);
        Assert.Equal(intake.Order(), payloads.Order());
        Assert.Equal(steps.Count * 2, intake.Count);
        Assert.Subset(intake.ToHashSet(), steps.ToHashSet());
        return steps;
    }

    public async ValueTask DisposeAsync() => await _direct.DisposeAsync();

    private static EventDraft Event(Guid step, long total) => new(
        "test.step", "node", $"step:{step}", Visibility.Members, new JsonObject { ["total"] = total });

    private static NpgsqlBatchCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return command;
    }

    private static async Task<object?> ScalarAsync(WriteScope scope, string sql, CancellationToken ct, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, scope.Connection, scope.Transaction);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return await command.ExecuteScalarAsync(ct);
    }

    private async Task ExecuteAsync(string sql, CancellationToken ct, params object[] values)
    {
        await using var command = _direct.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task<List<Guid>> ListAsync(string sql, CancellationToken ct)
    {
        await using var command = _direct.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<Guid> ids = [];
        while (await reader.ReadAsync(ct))
        {
            ids.Add(reader.GetGuid(0));
        }

        return ids;
    }
}
