using Coop.Federation.Log;
using Coop.Node.Database;
using Coop.Node.Log;
using Coop.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static Coop.Node.Tests.Log.TestLog;

namespace Coop.Node.Tests.Log;

/// <summary>An event never precedes an event that its own transaction had read.</summary>
public sealed class EventOrderTests
{
    private const string CreateCells =
        "CREATE TABLE cells (id bigint NOT NULL PRIMARY KEY, event_id uuid NOT NULL)";

    private const string InsertCell = "INSERT INTO cells (id, event_id) VALUES ($1, $2)";
    private const string SelectCell = "SELECT event_id FROM cells WHERE id = $1";
    private const string UpdateCell = "UPDATE cells SET event_id = $2 WHERE id = $1";

    private const string InsertIntake = """
        INSERT INTO log_intake
          (id, written_at, ordinal, type, actor, subject, time, payload_hash, visibility)
        VALUES ($1, $2, 0, 'test.event', 'node', 'test:1', $2, $3, 'public')
        """;

    private const int Cells = 3;
    private const string CausePrefix = "cause:";

    [Fact]
    public async Task CausesComeFirst_WhenManyWriteAtOnce()
    {
        const int Writers = 8;
        const int EventsEach = 30;
        await using var node = await StartAsync();
        await CreateCellsAsync(node.Database);
        var transactions = node.Services.GetRequiredService<Transactions>();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            var random = new Random(writer);
            for (var i = 0; i < EventsEach; i++)
            {
                await transactions.WriteAsync((scope, ct) => StepAsync(scope, random.Next(Cells), ct), Ct);
            }
        }));
        await WaitForSizeAsync(node, Writers * EventsEach);
        AssertCausesComeFirst(await VerifyAsync(node));
    }

    [Fact]
    public async Task CausesComeFirst_WhenTheClockStepsBack()
    {
        var stalled = new StalledSequencer(SequencerStep.LeaseTaken);
        await using var node = await StartAsync(observer: stalled);
        var time = TimeProvider.System.GetUtcNow();
        var ids = Enumerable.Range(0, 20).Select(i => Guid.CreateVersion7(time)).ToList();
        await using var direct = NpgsqlDataSource.Create(node.Database.ConnectionString);
        foreach (var (id, i) in ids.Select((id, i) => (id, i)))
        {
            // Each is committed before the next one is written, on a clock that runs backwards.
            await using var command = direct.CreateCommand(InsertIntake);
            command.Parameters.Add(new() { Value = id });
            command.Parameters.Add(new() { Value = time.AddMinutes(-i) });
            command.Parameters.Add(new() { Value = new byte[32] });
            await command.ExecuteNonQueryAsync(Ct);
        }

        stalled.WakeUp();
        await WaitForSizeAsync(node, ids.Count);
        Assert.Equal(ids, (await VerifyAsync(node)).Select(e => e.Id));
    }

    [Fact]
    public async Task EventsOfOneTransactionKeepTheirOrder()
    {
        await using var node = await StartAsync(options: Quick with { BatchSize = 7 });
        var ids = await AppendAsync(node, 50);
        await WaitForSizeAsync(node, 50);
        Assert.Equal(ids, (await VerifyAsync(node)).Select(e => e.Id));
    }

    private static async Task<bool> StepAsync(WriteScope scope, long cell, CancellationToken ct)
    {
        await using var select = new NpgsqlCommand(SelectCell, scope.Connection, scope.Transaction);
        select.Parameters.Add(new() { Value = cell });
        var cause = (Guid)(await select.ExecuteScalarAsync(ct))!;
        var id = scope.Append(Draft(CausePrefix + cause));
        await using var update = new NpgsqlCommand(UpdateCell, scope.Connection, scope.Transaction);
        update.Parameters.Add(new() { Value = cell });
        update.Parameters.Add(new() { Value = id });
        await update.ExecuteNonQueryAsync(ct);
        return true;
    }

    private static void AssertCausesComeFirst(IReadOnlyList<LogEntry> entries)
    {
        var seqs = entries.ToDictionary(e => e.Id, e => e.Seq);
        var caused = entries.Where(e => seqs.ContainsKey(CauseOf(e))).ToList();
        Assert.Equal(entries.Count - Cells, caused.Count);
        Assert.All(caused, e => Assert.True(seqs[CauseOf(e)] < e.Seq));
    }

    private static Guid CauseOf(LogEntry entry) => Guid.Parse(entry.Subject[CausePrefix.Length..]);

    private static async Task CreateCellsAsync(TestDatabase database)
    {
        await using var direct = NpgsqlDataSource.Create(database.ConnectionString);
        await using var create = direct.CreateCommand(CreateCells);
        await create.ExecuteNonQueryAsync(Ct);
        for (var cell = 0L; cell < Cells; cell++)
        {
            await using var insert = direct.CreateCommand(InsertCell);
            insert.Parameters.Add(new() { Value = cell });
            insert.Parameters.Add(new() { Value = Guid.Empty });
            await insert.ExecuteNonQueryAsync(Ct);
        }
    }
}
