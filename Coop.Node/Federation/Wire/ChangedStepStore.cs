using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Federation.Wire;

/// <summary>Which contradictions of a peer are kept; what they say stands in their events.</summary>
internal static class ChangedStepStore
{
    /// <summary>Of one peering: a peer that contradicts itself all day does not fill the log.</summary>
    public const int MaxKept = 8;

    private const string Count = "SELECT count(*) FROM changed_steps WHERE peering_id = $1";

    private const string Insert = """
        INSERT INTO changed_steps (peering_id, number, hash, at, event_id) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (peering_id, number, hash) DO NOTHING
        """;

    public static async Task<long> CountAsync(NpgsqlConnection connection, Guid peeringId, CancellationToken ct) =>
        (await connection.Command(Count, peeringId).ListAsync(r => r.GetInt64(0), ct))[0];

    /// <summary>False when it is kept already.</summary>
    public static async Task<bool> InsertAsync(
        NpgsqlTransaction transaction, Guid peeringId, ChangedStep step, DateTimeOffset at, Guid eventId, CancellationToken ct) =>
        await transaction.Connection!.Command(Insert, peeringId, step.Number, step.Hash, at, eventId).RunAsync(ct) == 1;
}
