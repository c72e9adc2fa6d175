using Npgsql;

namespace Coop.Ledger.Units;

/// <summary>The units of the books. A unit is added once and never changed.</summary>
public static class UnitStore
{
    private const string Insert = """
        INSERT INTO ledger_units (code, name, scale, kind, event_id)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (code) DO NOTHING
        """;

    private const string SelectOne = "SELECT code, name, scale, kind FROM ledger_units WHERE code = $1";

    /// <summary>Adds a unit; false where its code is taken.</summary>
    public static async Task<bool> AddAsync(
        NpgsqlTransaction transaction, Unit unit, Guid eventId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(unit);
        await using var command = new NpgsqlCommand(Insert, transaction.Connection, transaction)
        {
            Parameters =
            {
                new() { Value = unit.Code.Value },
                new() { Value = unit.Name },
                new() { Value = (long)unit.Scale },
                new() { Value = EnumText<UnitKind>.Of(unit.Kind) },
                new() { Value = eventId },
            },
        };
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    public static async Task<Unit?> FindAsync(
        NpgsqlTransaction transaction, UnitCode code, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        await using var command = new NpgsqlCommand(SelectOne, transaction.Connection, transaction)
        {
            Parameters = { new() { Value = code.Value } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? Read(reader) : null;
    }

    private static Unit Read(NpgsqlDataReader reader) => new(
        UnitCode.Parse(reader.GetString(0)),
        reader.GetString(1),
        checked((int)reader.GetInt64(2)),
        EnumText<UnitKind>.Parse(reader.GetString(3)));
}
