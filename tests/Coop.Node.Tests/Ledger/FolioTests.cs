using Npgsql;

namespace Coop.Node.Tests.Ledger;

/// <summary>
/// The database itself keeps the chain of folios and refuses a journal into a closed period, whoever writes
/// it (docs/decisions/0009-folios.md). All that is written here is rolled back.
/// </summary>
[Collection(LedgerNode.Name)]
public sealed class FolioTests(LedgerNode ledger)
{
    private const string SelectLast = "SELECT next_number, open_from, kind FROM ledger_folios ORDER BY folio DESC LIMIT 1";

    private const string InsertFolio = """
        INSERT INTO ledger_folios
          (folio, previous, previous_kind, first_number, next_number, open_before, open_from, kind, written_at, event_id, reopening_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '2026-01-31T00:00:00Z', $9, $10)
        """;

    private const string InsertJournal = """
        INSERT INTO ledger_journals (id, event_id, memo, effective_date, booked_at, number, folio)
        VALUES ($1, $1, 'raw', $2, '2026-01-31T00:00:00Z', $3, $4)
        """;

    private static readonly DateOnly Day = new(2026, 1, 31);

    [Fact]
    public Task Takes_TheNextFolio_WithItsJournals() => RunAsync(async raw =>
    {
        var folio = raw.Next(count: 2);
        Assert.True(await raw.TryAsync(folio));
        Assert.True(await raw.TryAsync(folio.First, folio.Name, Day));
        Assert.True(await raw.TryAsync(folio.First + 1, folio.Name, Day));
        Assert.False(await raw.TryAsync(folio.First + 2, folio.Name, Day));
        Assert.False(await raw.TryAsync(folio.First, folio.Name, Day));
    });

    [Fact]
    public Task Refuses_AJournalIntoAClosedPeriod() => RunAsync(async raw =>
    {
        var open = raw.Last;
        var closing = raw.Next(1) with { OpenFrom = DayOf(Day) + 1, Kind = 1, Event = Guid.AllBitsSet };
        Assert.True(await raw.TryAsync(closing));
        var after = Raw.After(closing, 5);
        Assert.True(await raw.TryAsync(after));
        Assert.False(await raw.TryAsync(after.First, after.Name, Day));
        Assert.True(await raw.TryAsync(after.First, after.Name, Day.AddDays(1)));
        // Neither on the closing itself, nor on what was before, nor beside the chain.
        Assert.False(await raw.TryAsync(closing.First, closing.Name, Day.AddDays(1)));
        Assert.False(await raw.TryAsync(after.First + 1, open.Name, Day));
        Assert.False(await raw.TryAsync(closing with { OpenFrom = open.OpenFrom, Kind = 0, Event = null, Next = closing.Next + 1 }));
        Assert.False(await raw.TryAsync(Raw.After(after, 1) with { OpenFrom = open.OpenFrom }));
        Assert.False(await raw.TryAsync(Raw.After(after, 1) with { OpenBefore = open.OpenFrom, OpenFrom = open.OpenFrom }));
    });

    [Fact]
    public Task Refuses_ToOpenAgain_WithoutTwoPeople() => RunAsync(async raw =>
    {
        var closing = raw.Next(1) with { OpenFrom = DayOf(Day), Kind = 1, Event = Guid.AllBitsSet };
        Assert.True(await raw.TryAsync(closing));
        var reopening = Raw.After(closing, 1) with { OpenFrom = DayOf(Day) - 1, Kind = 1, Event = Guid.AllBitsSet };
        Assert.False(await raw.TryAsync(reopening));
        Assert.False(await raw.TryAsync(reopening with { Reopening = Guid.AllBitsSet }));
    });

    [Fact]
    public Task Refuses_GapsAndBranches() => RunAsync(async raw =>
    {
        var next = raw.Next(3);
        Assert.False(await raw.TryAsync(next with { First = next.First + 1 }));
        Assert.False(await raw.TryAsync(next with { First = next.First - 1 }));
        Assert.False(await raw.TryAsync(next with { Next = next.First }));
        Assert.True(await raw.TryAsync(next));
        Assert.False(await raw.TryAsync(next with { Next = next.Next + 1 }));
        Assert.False(await raw.TryAsync(new Raw.Folio(0, 5, 0, 0, 0, 0)));
    });

    [Fact]
    public Task Refuses_AJournalWithoutANumber() => RunAsync(async raw =>
    {
        Assert.False(await raw.TryAsync(null, null, Day));
        Assert.False(await raw.TryAsync(1_000_000, null, Day));
    });

    private static long DayOf(DateOnly day) => day.DayNumber - new DateOnly(1900, 1, 1).DayNumber;

    private async Task RunAsync(Func<Raw, Task> test)
    {
        // There is a last folio, and it is no change.
        var chart = await ledger.NewChartAsync();
        (await ledger.Admin.JournalAsync((chart.Bank, 1), (chart.Sales, -1))).ExpectCreated();
        await using var connection = await ledger.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await test(await Raw.OpenAsync(transaction));
    }

    /// <summary>Somebody who writes round the node.</summary>
    private sealed class Raw(NpgsqlTransaction transaction, Raw.Folio last)
    {
        public Folio Last => last;

        public static async Task<Raw> OpenAsync(NpgsqlTransaction transaction)
        {
            await using var command = new NpgsqlCommand(SelectLast, transaction.Connection, transaction);
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));
            var (next, open, kind) = (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
            await reader.DisposeAsync();
            return new Raw(transaction, new(0, next, open, open, kind, 0));
        }

        public Folio Next(int count) => After(last, count);

        public static Folio After(Folio before, int count) =>
            new(before.Next, before.Next + count, before.OpenFrom, before.OpenFrom, 0, before.Kind);

        public Task<bool> TryAsync(Folio folio) => TryAsync(
            InsertFolio, folio.Name, folio.Previous, folio.PreviousKind, folio.First, folio.Next,
            folio.OpenBefore, folio.OpenFrom, folio.Kind, (object?)folio.Event ?? DBNull.Value, (object?)folio.Reopening ?? DBNull.Value);

        public Task<bool> TryAsync(long? number, long? folio, DateOnly effective) => TryAsync(
            InsertJournal, new Guid(Random.Shared.Next(), 1, 0, new byte[8]), effective, (object?)number ?? DBNull.Value, (object?)folio ?? DBNull.Value);

        private async Task<bool> TryAsync(string sql, params object[] values)
        {
            await transaction.SaveAsync("attempt", TestContext.Current.CancellationToken);
            await using var command = new NpgsqlCommand(sql, transaction.Connection, transaction);
            foreach (var value in values)
            {
                command.Parameters.Add(new() { Value = value });
            }

            try
            {
                await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
                return true;
            }
            catch (PostgresException e) when (e.SqlState is "23503" or "23505" or "23514")
            {
                await transaction.RollbackAsync("attempt", TestContext.Current.CancellationToken);
                return false;
            }
        }

        public sealed record Folio(long First, long Next, long OpenBefore, long OpenFrom, long Kind, long PreviousKind)
        {
            public Guid? Event { get; init; }

            public Guid? Reopening { get; init; }

            public long Name => (Next * 10_000_000) + (OpenFrom * 10) + Kind;

            public long Previous => First == 0 ? Name : (First * 10_000_000) + (OpenBefore * 10) + PreviousKind;
        }
    }
}
