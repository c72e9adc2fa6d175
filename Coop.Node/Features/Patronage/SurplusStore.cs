using System.Numerics;
using Coop.Node.Database;
using Npgsql;
using NpgsqlTypes;

namespace Coop.Node.Features.Patronage;

/// <summary>Distributions of surplus, and what they rest on.</summary>
internal static class SurplusStore
{
    private const string SelectUnits = "SELECT unit FROM surplus_distributions WHERE period = $1";

    /// <summary>Capital is what stands on members' own equity accounts; a credit, so negative.</summary>
    internal const string SelectCapital = """
        SELECT a.owner_id, j.effective_date, sum(p.amount_minor)
        FROM ledger_accounts a
        JOIN ledger_postings p ON p.account_id = a.id
        JOIN ledger_journals j ON j.id = p.journal_id
        WHERE a.unit = $1 AND a.type = 'equity' AND a.owner_id IS NOT NULL AND j.effective_date <= $2
        GROUP BY a.owner_id, j.effective_date
        """;

    /// <summary>The oldest account of each member that money can be paid into.</summary>
    internal const string SelectReceivers = """
        SELECT a.owner_id, a.id, m.name
        FROM ledger_accounts a
        JOIN members m ON m.id = a.owner_id
        WHERE a.unit = $1 AND a.type = 'liability' AND NOT a.closed AND NOT a.placeholder
        ORDER BY a.id
        """;

    private const string SelectNames = "SELECT id, name FROM members WHERE id = ANY($1)";

    private const string Insert = """
        INSERT INTO surplus_distributions
          (id, period, unit, first_day, last_day, reserve_basis_points, interest_basis_points, surplus_minor,
           non_member_minor, reserve_minor, interest_minor, refund_minor, plan_hash, distributed_at, distributed_by,
           event_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        """;

    private const string InsertLines = """
        INSERT INTO surplus_lines
          (distribution_id, member_id, patronage_minor, interest_minor, refund_minor, account_id, journal_id)
        SELECT $1::uuid, unnest($2::uuid[]), unnest($3::bigint[]), unnest($4::bigint[]), unnest($5::bigint[]),
          unnest($6::uuid[]), unnest($7::uuid[])
        """;

    internal const string SelectPage = """
        SELECT id, period, unit, first_day, last_day, reserve_basis_points, interest_basis_points, surplus_minor,
          non_member_minor, reserve_minor, interest_minor, refund_minor, distributed_at, event_id
        FROM surplus_distributions
        WHERE id < $1
        ORDER BY id DESC
        LIMIT $2
        """;

    internal const string SelectOfMember = """
        SELECT d.period, d.unit, l.patronage_minor, l.interest_minor, l.refund_minor, l.account_id, l.journal_id,
          d.distributed_at
        FROM surplus_lines l
        JOIN surplus_distributions d ON d.id = l.distribution_id
        WHERE l.member_id = $1
        ORDER BY l.distribution_id DESC
        LIMIT 200
        """;

    public static Task<List<string>> DistributedUnitsAsync(NpgsqlConnection connection, string period, CancellationToken ct) =>
        connection.Command(SelectUnits, period).ListAsync(r => r.GetString(0), ct);

    /// <summary>Each member's capital, summed over the days from one to another, both included.</summary>
    public static async Task<Dictionary<Guid, BigInteger>> CapitalDaysAsync(
        NpgsqlConnection connection, string unit, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var rows = await connection.Command(SelectCapital, unit, to).ListAsync(
            r => (Owner: r.GetGuid(0), Day: r.GetFieldValue<DateOnly>(1), Minor: (BigInteger)r.GetDecimal(2)), ct);
        return rows.GroupBy(r => r.Owner).ToDictionary(
            g => g.Key,
            g => g.Aggregate(BigInteger.Zero, (sum, r) => sum - (r.Minor * DaysFrom(r.Day > from ? r.Day : from, to))));
    }

    /// <summary>Members' accounts, the one to be paid into first.</summary>
    public static async Task<Dictionary<Guid, Guid>> ReceiversAsync(NpgsqlConnection connection, string unit, CancellationToken ct)
    {
        var rows = await connection.Command(SelectReceivers, unit).ListAsync(r => (Owner: r.GetGuid(0), Id: r.GetGuid(1)), ct);
        return rows.DistinctBy(r => r.Owner).ToDictionary(r => r.Owner, r => r.Id);
    }

    public static async Task<Dictionary<Guid, string>> NamesAsync(
        NpgsqlConnection connection, IEnumerable<Guid> members, CancellationToken ct)
    {
        var rows = await connection.Command(SelectNames, members.ToArray()).ListAsync(r => (r.GetGuid(0), r.GetString(1)), ct);
        return rows.ToDictionary(r => r.Item1, r => r.Item2);
    }

    public static NpgsqlBatchCommand Add(
        Guid id, SurplusRequest request, SurplusShares shares, DateTimeOffset now, Guid by, Guid eventId) => new(Insert)
        {
            Parameters =
            {
                new() { Value = id },
                new() { Value = request.Period },
                new() { Value = request.Unit },
                new() { Value = request.From },
                new() { Value = request.To },
                new() { Value = (long)request.Terms.ReserveBasisPoints },
                new() { Value = (long)request.Terms.InterestBasisPoints },
                new() { Value = request.Terms.SurplusMinor },
                new() { Value = shares.Plan.NonMemberMinor },
                new() { Value = shares.Plan.ReserveMinor },
                new() { Value = shares.Plan.Lines.Sum(l => l.InterestMinor) },
                new() { Value = shares.Plan.Lines.Sum(l => l.RefundMinor) },
                new() { Value = shares.Hash },
                new() { Value = now },
                new() { Value = by },
                new() { Value = eventId },
            },
        };

    public static NpgsqlBatchCommand AddLines(Guid id, IReadOnlyList<PaidLine> lines) => new(InsertLines)
    {
        Parameters =
        {
            new() { Value = id },
            new() { Value = lines.Select(l => l.Line.Member.Value).ToArray() },
            new() { Value = lines.Select(l => l.Line.PatronageMinor).ToArray() },
            new() { Value = lines.Select(l => l.Line.InterestMinor).ToArray() },
            new() { Value = lines.Select(l => l.Line.RefundMinor).ToArray() },
            new() { Value = lines.Select(l => l.Account.Value).ToArray() },
            new() { Value = lines.Select(l => l.Journal.Value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
        },
    };

    public static Task<List<DistributionView>> ListAsync(
        NpgsqlConnection connection, Guid? before, int limit, CancellationToken ct) =>
        connection.Command(SelectPage, before ?? Guid.AllBitsSet, (long)limit).ListAsync(
            r => new DistributionView(
                r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetFieldValue<DateOnly>(3), r.GetFieldValue<DateOnly>(4),
                r.GetInt64(5), r.GetInt64(6), r.GetInt64(7), r.GetInt64(8), r.GetInt64(9), r.GetInt64(10), r.GetInt64(11),
                r.GetFieldValue<DateTimeOffset>(12), r.GetGuid(13)),
            ct);

    public static Task<List<MemberRefund>> OfMemberAsync(NpgsqlConnection connection, Guid member, CancellationToken ct) =>
        connection.Command(SelectOfMember, member).ListAsync(
            r => new MemberRefund(
                r.GetString(0), r.GetString(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4), r.GetGuid(5), r.GetGuid(6),
                r.GetFieldValue<DateTimeOffset>(7)),
            ct);

    private static int DaysFrom(DateOnly day, DateOnly to) => to.DayNumber - day.DayNumber + 1;
}
