using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Federation.Replication;

/// <summary>How the visits of each log went, whichever replica made them.</summary>
internal static class MirrorVisitTable
{
    private const string UpsertVisit = """
        INSERT INTO mirror_visits (origin, visited_at, answered_at, fault, fault_detail, fault_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (origin) DO UPDATE
        SET visited_at = excluded.visited_at,
          answered_at = COALESCE(excluded.answered_at, mirror_visits.answered_at),
          fault = COALESCE(excluded.fault, mirror_visits.fault),
          fault_detail = COALESCE(excluded.fault_detail, mirror_visits.fault_detail),
          fault_at = COALESCE(excluded.fault_at, mirror_visits.fault_at)
        """;

    private const string SelectVisits = """
        SELECT origin, visited_at, answered_at, fault, fault_detail, fault_at FROM mirror_visits
        """;

    /// <summary>Writes a visit; what it leaves null stays as it was.</summary>
    public static Task<int> UpsertAsync(NpgsqlTransaction transaction, MirrorVisit visit, CancellationToken ct) =>
        transaction.Connection!.Command(
            UpsertVisit, visit.Origin, visit.VisitedAt, visit.AnsweredAt, visit.Fault, visit.FaultDetail, visit.FaultAt)
            .RunAsync(ct);

    public static Task<List<MirrorVisit>> ListAsync(NpgsqlConnection connection, CancellationToken ct) =>
        connection.Command(SelectVisits).ListAsync(
            row => new MirrorVisit(
                row.GetString(0),
                row.GetFieldValue<DateTimeOffset>(1),
                row.Nullable<DateTimeOffset>(2),
                row.NullableText(3),
                row.NullableText(4),
                row.Nullable<DateTimeOffset>(5)),
            ct);
}
