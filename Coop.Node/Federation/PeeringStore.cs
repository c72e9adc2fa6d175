using Coop.Federation.Peering;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Federation;

/// <summary>Peerings as they stand.</summary>
internal static class PeeringStore
{
    /// <summary>More than a co-op will ever have peers.</summary>
    public const int MaxCount = 500;

    private const string Columns = """
        id, peer_did, version, terms_hash, terms, pending_hash, pending_version, pending_by, pending_accepted,
        pending_terms, our_hold, their_hold, ended, our_steps, their_steps, created_at, since, trouble
        """;

    private const string SelectOpen = $"SELECT {Columns} FROM peerings WHERE NOT ended ORDER BY id LIMIT $1";

    private const string SelectAll = $"SELECT {Columns} FROM peerings ORDER BY ended, id DESC LIMIT $1";

    private const string SelectById = $"SELECT {Columns} FROM peerings WHERE id = $1";

    private const string SelectOpenByDid = $"SELECT {Columns} FROM peerings WHERE peer_did = $1 AND NOT ended";

    private const string SelectEndedByDid = $"""
        SELECT {Columns} FROM peerings WHERE peer_did = $1 AND ended AND version > 0 ORDER BY since DESC, id DESC LIMIT 1
        """;

    private const string CountProposals = """
        SELECT count(*) FROM peerings WHERE version = 0 AND pending_by = 'them' AND NOT ended
        """;

    private const string CountProposalsSince = """
        SELECT count(*) FROM peerings WHERE version = 0 AND pending_by = 'them' AND created_at > $1
        """;

    private const string InsertPeering = """
        INSERT INTO peerings (id, peer_did, version, terms_hash, terms, pending_hash, pending_version, pending_by,
          pending_accepted, pending_terms, our_hold, their_hold, ended, our_steps, their_steps, created_at, since,
          log_origin, peer_name, visitors)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
        """;

    private const string UpdatePeering = """
        UPDATE peerings
        SET version = $3, terms_hash = $4, terms = $5, pending_hash = $6, pending_version = $7, pending_by = $8,
          pending_accepted = $9, pending_terms = $10, our_hold = $11, their_hold = $12, ended = $13, our_steps = $14,
          their_steps = $15, since = $17, log_origin = $18, peer_name = $19, visitors = $20, trouble = NULL
        WHERE id = $1 AND peer_did = $2 AND created_at = $16
        """;

    private const string UpdateTrouble = "UPDATE peerings SET trouble = $2 WHERE id = $1";

    /// <summary>All that have not ended.</summary>
    public static Task<List<PeeringRecord>> ListOpenAsync(NpgsqlConnection connection, CancellationToken ct) =>
        connection.Command(SelectOpen, (long)MaxCount).ListAsync(Read, ct);

    /// <summary>All; those that have ended last.</summary>
    public static Task<List<PeeringRecord>> ListAllAsync(NpgsqlConnection connection, CancellationToken ct) =>
        connection.Command(SelectAll, (long)MaxCount).ListAsync(Read, ct);

    public static Task<PeeringRecord?> FindAsync(NpgsqlConnection connection, Guid id, CancellationToken ct) =>
        connection.Command(SelectById, id).SingleAsync(Read, ct);

    /// <summary>The one with that peer that has not ended.</summary>
    public static Task<PeeringRecord?> FindOpenAsync(NpgsqlConnection connection, string did, CancellationToken ct) =>
        connection.Command(SelectOpenByDid, did).SingleAsync(Read, ct);

    /// <summary>The one with that node that was in force last and has ended.</summary>
    public static Task<PeeringRecord?> FindEndedAsync(NpgsqlConnection connection, string did, CancellationToken ct) =>
        connection.Command(SelectEndedByDid, did).SingleAsync(Read, ct);

    /// <summary>How many proposals of others wait for an answer.</summary>
    public static async Task<long> CountProposalsAsync(NpgsqlConnection connection, CancellationToken ct) =>
        (await connection.Command(CountProposals).ListAsync(r => r.GetInt64(0), ct))[0];

    /// <summary>How many proposals of others have come since then and never began, whether they wait or have ended.</summary>
    public static async Task<long> CountProposalsAsync(NpgsqlConnection connection, DateTimeOffset since, CancellationToken ct) =>
        (await connection.Command(CountProposalsSince, since).ListAsync(r => r.GetInt64(0), ct))[0];

    public static Task InsertAsync(NpgsqlTransaction transaction, PeeringRecord record, CancellationToken ct) =>
        transaction.Connection!.Command(InsertPeering, Values(record)).RunAsync(ct);

    public static async Task UpdateAsync(NpgsqlTransaction transaction, PeeringRecord record, CancellationToken ct)
    {
        if (await transaction.Connection!.Command(UpdatePeering, Values(record)).RunAsync(ct) != 1)
        {
            throw new InvalidOperationException("The peering is no longer there.");
        }
    }

    /// <summary>Notes why its steps cannot be delivered; null once they can.</summary>
    public static Task<int> NoteTroubleAsync(NpgsqlTransaction transaction, Guid id, string? trouble, CancellationToken ct) =>
        transaction.Connection!.Command(UpdateTrouble, id, trouble).RunAsync(ct);

    private static object?[] Values(PeeringRecord record)
    {
        var standing = record.Standing;
        var peering = record.ToPeering();
        return
        [
            record.Id, record.PeerDid, (long)standing.Version, standing.Hash, record.InForce?.Text,
            standing.Pending?.Hash, (long?)standing.Pending?.Version,
            standing.Pending is { } pending ? PeeringNames.Of(pending.By) : null,
            standing.Pending?.IsAccepted ?? false, standing.Pending is null ? null : record.OnTable!.Text,
            PeeringNames.Of(standing.OurHold), PeeringNames.Of(standing.TheirHold), standing.IsEnded,
            record.OurSteps, record.TheirSteps, record.CreatedAt, record.Since,
            peering.Peer.LogOrigin, peering.Peer.Name, peering.Grants(PeeringScope.VisitingMembers),
        ];
    }

    private static PeeringRecord Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1),
        new PeeringStanding(
            (int)row.GetInt64(2), row.NullableText(3), Pending(row), PeeringNames.Hold(row.GetString(10)),
            PeeringNames.Hold(row.GetString(11)), row.GetBoolean(12)),
        row.NullableText(4) is { } terms ? SignedTerms.Parse(terms) : null,
        row.NullableText(9) is { } pending ? SignedTerms.Parse(pending) : null,
        row.GetInt64(13), row.GetInt64(14), row.GetFieldValue<DateTimeOffset>(15),
        row.GetFieldValue<DateTimeOffset>(16), row.NullableText(17));

    private static PendingTerms? Pending(NpgsqlDataReader row) => row.NullableText(5) is { } hash
        ? new PendingTerms(hash, (int)row.GetInt64(6), PeeringNames.Side(row.GetString(7)), row.GetBoolean(8))
        : null;
}
