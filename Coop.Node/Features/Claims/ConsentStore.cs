using Coop.Federation.Claims;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Features.Claims;

/// <summary>What members let the co-op tell others.</summary>
internal static class ConsentStore
{
    private const string SelectById = """
        SELECT id, member_id, peer_did, peer_name, kind, given_at, given_event, withdrawn_at
        FROM claim_consents
        WHERE id = $1
        """;

    private const string SelectStanding = """
        SELECT id, member_id, peer_did, peer_name, kind, given_at, given_event, withdrawn_at
        FROM claim_consents
        WHERE member_id = $1 AND peer_did = $2 AND kind = $3 AND withdrawn_at IS NULL
        """;

    private const string SelectOfMember = """
        SELECT id, member_id, peer_did, peer_name, kind, given_at, given_event, withdrawn_at
        FROM claim_consents
        WHERE member_id = $1
        ORDER BY id DESC
        LIMIT $2
        """;

    private const string SelectAllStanding = """
        SELECT c.id, c.member_id, c.peer_did, c.peer_name, c.kind, c.given_at, c.given_event, c.withdrawn_at, m.name
        FROM claim_consents c
        JOIN members m ON m.id = c.member_id
        WHERE c.withdrawn_at IS NULL AND c.id < $1
        ORDER BY c.id DESC
        LIMIT $2
        """;

    private const string Insert = """
        INSERT INTO claim_consents (id, member_id, peer_did, peer_name, kind, given_at, given_event)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """;

    private const string UpdateWithdrawn = """
        UPDATE claim_consents SET withdrawn_at = $2, withdrawn_event = $3 WHERE id = $1 AND withdrawn_at IS NULL
        """;

    private static readonly Guid Last = new("ffffffff-ffff-ffff-ffff-ffffffffffff");

    public static Task<Consent?> FindAsync(NpgsqlConnection connection, Guid id, CancellationToken ct) =>
        connection.Command(SelectById, id).SingleAsync(Read, ct);

    public static Task<Consent?> FindStandingAsync(
        NpgsqlConnection connection, Guid memberId, string peerDid, ClaimKind kind, CancellationToken ct) =>
        connection.Command(SelectStanding, memberId, peerDid, ClaimKinds.NameOf(kind)).SingleAsync(Read, ct);

    /// <summary>A member's, newest first.</summary>
    public static Task<List<Consent>> ListOfAsync(
        NpgsqlConnection connection, Guid memberId, int limit, CancellationToken ct) =>
        connection.Command(SelectOfMember, memberId, (long)limit).ListAsync(Read, ct);

    /// <summary>All that stand, with their members' names, newest first.</summary>
    public static Task<List<(Consent Consent, string MemberName)>> ListStandingAsync(
        NpgsqlConnection connection, Guid? after, int limit, CancellationToken ct) =>
        connection.Command(SelectAllStanding, after ?? Last, (long)limit).ListAsync(r => (Read(r), r.GetString(8)), ct);

    public static Task InsertAsync(NpgsqlTransaction transaction, Consent consent, CancellationToken ct) =>
        transaction.Connection!.Command(
            Insert, consent.Id, consent.MemberId, consent.PeerDid, consent.PeerName, ClaimKinds.NameOf(consent.Kind),
            consent.GivenAt, consent.GivenEvent).RunAsync(ct);

    /// <summary>False when it was withdrawn before.</summary>
    public static async Task<bool> WithdrawAsync(
        NpgsqlTransaction transaction, Guid id, DateTimeOffset at, Guid eventId, CancellationToken ct) =>
        await transaction.Connection!.Command(UpdateWithdrawn, id, at, eventId).RunAsync(ct) == 1;

    private static Consent Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetGuid(1),
        row.GetString(2),
        row.GetString(3),
        ClaimKinds.OfName(row.GetString(4)) ?? throw new InvalidDataException("A consent of an unknown kind."),
        row.GetFieldValue<DateTimeOffset>(5),
        row.GetGuid(6),
        row.Nullable<DateTimeOffset>(7));
}
