using Npgsql;
using NpgsqlTypes;

namespace Coop.Ledger.Journals;

/// <summary>The folios. Whoever writes one has read the last one in the same SERIALIZABLE transaction.</summary>
public static class FolioStore
{
    /// <summary>The last folio; no row where nothing was booked yet. The lock spares retries on CockroachDB.</summary>
    public const string SelectLast = """
        SELECT first_number, next_number, open_before, open_from, kind, previous_kind
        FROM ledger_folios
        ORDER BY folio DESC LIMIT 1
        FOR UPDATE
        """;

    private const string Insert = """
        INSERT INTO ledger_folios
          (folio, previous, previous_kind, first_number, next_number, open_before, open_from, kind,
           written_at, event_id, changed_by, reopening_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """;

    /// <summary>The last folio, or the flyleaf.</summary>
    public static async Task<Folio> LastAsync(NpgsqlTransaction transaction, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        await using var command = new NpgsqlCommand(SelectLast, transaction.Connection, transaction);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await ReadLastAsync(reader, ct);
    }

    /// <summary>Reads the answer to <see cref="SelectLast"/>.</summary>
    internal static async Task<Folio> ReadLastAsync(NpgsqlDataReader reader, CancellationToken ct) =>
        await reader.ReadAsync(ct)
            ? new Folio(
                reader.GetInt64(0),
                reader.GetInt64(1),
                Folio.DateOf(reader.GetInt64(2)),
                Folio.DateOf(reader.GetInt64(3)),
                (FolioKind)reader.GetInt64(4),
                (FolioKind)reader.GetInt64(5))
            : Folio.Flyleaf;

    /// <summary>The statements that write a folio after the last one; with the flyleaf, if it is the first.</summary>
    /// <param name="last">The last one.</param>
    /// <param name="folio">What follows it.</param>
    /// <param name="writtenAt">By the node's clock.</param>
    /// <param name="change">For a change of the first open day.</param>
    public static IEnumerable<NpgsqlBatchCommand> Save(
        Folio last, Folio folio, DateTimeOffset writtenAt, FolioChange? change = null)
    {
        ArgumentNullException.ThrowIfNull(last);
        ArgumentNullException.ThrowIfNull(folio);
        return last == Folio.Flyleaf
            ? [Command(last, writtenAt, null), Command(folio, writtenAt, change)]
            : [Command(folio, writtenAt, change)];
    }

    private static NpgsqlBatchCommand Command(Folio folio, DateTimeOffset writtenAt, FolioChange? change) => new(Insert)
    {
        Parameters =
        {
            new() { Value = folio.Name },
            new() { Value = folio.Previous },
            new() { Value = (long)folio.PreviousKind },
            new() { Value = folio.FirstNumber },
            new() { Value = folio.NextNumber },
            new() { Value = Folio.DayOf(folio.OpenBefore) },
            new() { Value = Folio.DayOf(folio.OpenFrom) },
            new() { Value = (long)folio.Kind },
            new() { Value = writtenAt },
            Id(change?.EventId),
            Id(change?.ChangedBy.Value),
            Id(change?.Reopening),
        },
    };

    private static NpgsqlParameter Id(Guid? id) =>
        new() { Value = (object?)id ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid };
}
