using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Features.Presenting;

/// <summary>The policy: whose membership credentials count, and for what.</summary>
internal static class TrustStore
{
    /// <summary>More than a co-op will ever have neighbours.</summary>
    public const int MaxCount = 200;

    private const string SelectAll = """
        SELECT id, did, label, grants, added_at, event_id FROM trusted_issuers ORDER BY id LIMIT $1
        """;

    // Peers whose members may visit count as if an administrator had named them.
    private const string SelectAccepted = """
        SELECT did, label FROM trusted_issuers
        UNION
        SELECT peer_did, peer_name FROM peerings
        WHERE visitors AND NOT ended AND NOT EXISTS (SELECT 1 FROM trusted_issuers t WHERE t.did = peer_did)
        """;

    private const string InsertIssuer = """
        INSERT INTO trusted_issuers (id, did, label, grants, added_by, added_at, event_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (did) DO NOTHING
        """;

    private const string DeleteIssuer = "DELETE FROM trusted_issuers WHERE id = $1";

    /// <summary>In the order in which they were added.</summary>
    public static Task<List<TrustedIssuer>> ListAsync(NpgsqlConnection connection, CancellationToken ct) =>
        connection.Command(SelectAll, (long)MaxCount).ListAsync(Read, ct);

    /// <summary>All whose members come in as guests: those of the policy, and peers that may send visitors.</summary>
    public static Task<List<(string Did, string Label)>> ListAcceptedAsync(NpgsqlConnection connection, CancellationToken ct) =>
        connection.Command(SelectAccepted).ListAsync(row => (row.GetString(0), row.GetString(1)), ct);

    /// <summary>False when that DID is trusted already.</summary>
    public static async Task<bool> InsertAsync(
        NpgsqlTransaction transaction, TrustedIssuer issuer, Guid addedBy, CancellationToken ct) =>
        await transaction.Connection!.Command(
            InsertIssuer, issuer.Id, issuer.Did, issuer.Label, issuer.Grants, addedBy, issuer.AddedAt, issuer.EventId)
            .RunAsync(ct) == 1;

    public static Task DeleteAsync(NpgsqlTransaction transaction, Guid id, CancellationToken ct) =>
        transaction.Connection!.Command(DeleteIssuer, id).RunAsync(ct);

    private static TrustedIssuer Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3),
        row.GetFieldValue<DateTimeOffset>(4), row.GetGuid(5));
}
