using Coop.Ledger;
using Coop.Node.Database;
using Coop.Node.Features.Ledger.Reports;
using Npgsql;
using NpgsqlTypes;

namespace Coop.Node.Features.Patronage;

/// <summary>Records of patronage. Nothing is changed, only added.</summary>
public static class PatronageStore
{
    internal const string SelectByKeys = """
        SELECT record_key, member_id, kind, unit, amount_minor
        FROM patronage_records
        WHERE period = $1 AND record_key = ANY($2)
        """;

    private const string Insert = """
        INSERT INTO patronage_records
          (id, period, record_key, member_id, kind, unit, amount_minor, recorded_at, recorded_by, event_id)
        SELECT unnest($1::uuid[]), $2::text, unnest($3::text[]), unnest($4::uuid[]), unnest($5::text[]),
          unnest($6::text[]), unnest($7::bigint[]), $8::timestamptz, $9::uuid, $10::uuid
        """;

    private const string SelectActors = "SELECT id, pseudonym FROM members WHERE id = ANY($1)";

    private const string SelectUnits = "SELECT code FROM ledger_units WHERE code = ANY($1)";

    internal const string SelectTotals = """
        SELECT unit, kind,
          sum(CASE WHEN member_id IS NULL THEN 0 ELSE amount_minor END),
          sum(CASE WHEN member_id IS NULL THEN amount_minor ELSE 0 END),
          count(DISTINCT member_id)
        FROM patronage_records
        WHERE period = $1
        GROUP BY unit, kind
        ORDER BY unit, kind
        """;

    internal const string SelectOfMember = """
        SELECT period, unit, kind, sum(amount_minor)
        FROM patronage_records
        WHERE member_id = $1
        GROUP BY period, unit, kind
        ORDER BY period DESC, unit, kind
        LIMIT 1000
        """;

    internal const string SelectByMember = """
        SELECT member_id, sum(amount_minor)
        FROM patronage_records
        WHERE period = $1 AND unit = $2
        GROUP BY member_id
        """;

    /// <summary>Those of the records that are there already.</summary>
    public static Task<List<PatronageRecord>> FindAsync(
        NpgsqlTransaction transaction, string period, IEnumerable<string> keys, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return transaction.Connection!.Command(SelectByKeys, period, keys.ToArray()).ListAsync(
            r => new PatronageRecord(
                r.GetString(0), r.Nullable<Guid>(1) is { } id ? new MemberId(id) : null, r.GetString(2), r.GetString(3), r.GetInt64(4)),
            ct);
    }

    /// <summary>How the log names members; those who are none are left out.</summary>
    public static async Task<Dictionary<Guid, string>> ActorsAsync(
        NpgsqlTransaction transaction, IEnumerable<Guid> members, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var rows = await transaction.Connection!.Command(SelectActors, members.Distinct().ToArray())
            .ListAsync(r => (Id: r.GetGuid(0), Actor: $"member:{r.GetString(1)}"), ct);
        return rows.ToDictionary(r => r.Id, r => r.Actor);
    }

    /// <summary>Those of the units that there are.</summary>
    public static Task<List<string>> UnitsAsync(
        NpgsqlTransaction transaction, IEnumerable<string> codes, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return transaction.Connection!.Command(SelectUnits, (object)codes.Distinct().ToArray()).ListAsync(r => r.GetString(0), ct);
    }

    /// <summary>The statement that adds records.</summary>
    public static NpgsqlBatchCommand Add(
        IReadOnlyList<(Guid Id, PatronageRecord Record)> records, string period, DateTimeOffset now, Guid by, Guid eventId) =>
        new(Insert)
        {
            Parameters =
            {
                new() { Value = records.Select(r => r.Id).ToArray() },
                new() { Value = period },
                new() { Value = records.Select(r => r.Record.Key).ToArray() },
                new() { Value = records.Select(r => r.Record.Member?.Value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
                new() { Value = records.Select(r => r.Record.Kind).ToArray() },
                new() { Value = records.Select(r => r.Record.Unit).ToArray() },
                new() { Value = records.Select(r => r.Record.AmountMinor).ToArray() },
                new() { Value = now },
                new() { Value = by },
                new() { Value = eventId },
            },
        };

    /// <summary>What was done in a period, by unit and kind; member and non-member business apart.</summary>
    public static Task<List<PatronageTotal>> TotalsAsync(NpgsqlConnection connection, string period, CancellationToken ct) =>
        connection.Command(SelectTotals, period).ListAsync(
            r => new PatronageTotal(
                r.GetString(0), r.GetString(1), ReportMoment.Minor(r.GetDecimal(2)), ReportMoment.Minor(r.GetDecimal(3)), r.GetInt64(4)),
            ct);

    /// <summary>What a member did, by period, unit and kind.</summary>
    public static Task<List<MemberPatronage>> OfMemberAsync(NpgsqlConnection connection, Guid member, CancellationToken ct) =>
        connection.Command(SelectOfMember, member).ListAsync(
            r => new MemberPatronage(r.GetString(0), r.GetString(1), r.GetString(2), ReportMoment.Minor(r.GetDecimal(3))), ct);

    /// <summary>What each member, and all others together (null), did in a period in a unit.</summary>
    public static Task<List<(Guid? Member, long Minor)>> ByMemberAsync(
        NpgsqlConnection connection, string period, string unit, CancellationToken ct) =>
        connection.Command(SelectByMember, period, unit)
            .ListAsync(r => (r.Nullable<Guid>(0), ReportMoment.Minor(r.GetDecimal(1))), ct);
}
