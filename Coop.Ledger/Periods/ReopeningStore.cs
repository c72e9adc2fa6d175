using Npgsql;

namespace Coop.Ledger.Periods;

/// <summary>Requests to open closed days again, and what became of them. Nothing is changed, only added.</summary>
public static class ReopeningStore
{
    private const string Insert = """
        INSERT INTO ledger_reopenings (id, open_from, reason, requested_by, requested_as, requested_at, event_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """;

    private const string SelectOne = """
        SELECT r.id, r.open_from, r.reason, r.requested_by, r.requested_as, a.reopening_id IS NOT NULL
        FROM ledger_reopenings r
        LEFT JOIN ledger_reopening_approvals a ON a.reopening_id = r.id
        WHERE r.id = $1
        """;

    private const string InsertApproval = """
        INSERT INTO ledger_reopening_approvals
          (reopening_id, open_from, requested_by, requested_as, approved_by, approved_as, approved_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """;

    public static async Task AddAsync(
        NpgsqlTransaction transaction, Reopening reopening, DateTimeOffset now, Guid eventId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(reopening);
        await using var command = new NpgsqlCommand(Insert, transaction.Connection, transaction)
        {
            Parameters =
            {
                new() { Value = reopening.Id },
                new() { Value = Journals.Folio.DayOf(reopening.OpenFrom) },
                new() { Value = reopening.Reason },
                new() { Value = reopening.RequestedBy.Value },
                new() { Value = EnumText<PeriodRole>.Of(reopening.RequestedAs) },
                new() { Value = now },
                new() { Value = eventId },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    public static async Task<Reopening?> FindAsync(NpgsqlTransaction transaction, Guid id, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        await using var command = new NpgsqlCommand(SelectOne, transaction.Connection, transaction)
        {
            Parameters = { new() { Value = id } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new Reopening(
                reader.GetGuid(0),
                Journals.Folio.DateOf(reader.GetInt64(1)),
                reader.GetString(2),
                new MemberId(reader.GetGuid(3)),
                EnumText<PeriodRole>.Parse(reader.GetString(4)),
                reader.GetBoolean(5))
            : null;
    }

    /// <summary>The statement that notes an approval, before the folio that rests on it.</summary>
    public static NpgsqlBatchCommand Approve(
        Reopening reopening, MemberId approver, PeriodRole role, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(reopening);
        return new(InsertApproval)
        {
            Parameters =
            {
                new() { Value = reopening.Id },
                new() { Value = Journals.Folio.DayOf(reopening.OpenFrom) },
                new() { Value = reopening.RequestedBy.Value },
                new() { Value = EnumText<PeriodRole>.Of(reopening.RequestedAs) },
                new() { Value = approver.Value },
                new() { Value = EnumText<PeriodRole>.Of(role) },
                new() { Value = now },
            },
        };
    }
}
