using System.Text;
using Coop.Identity.Credentials;
using Coop.Identity.Json;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Features.Credentials;

/// <summary>Credentials that were issued.</summary>
internal static class CredentialStore
{
    private const string SelectById = """
        SELECT id, member_id, kind, attests, claims, subject_did, format, offer_id, status_list, status_index,
          issued_at, valid_until, suspended_at, revoked_at, event_id
        FROM credentials
        WHERE id = $1
        """;

    private const string SelectPage = """
        SELECT id, member_id, kind, attests, claims, subject_did, format, offer_id, status_list, status_index,
          issued_at, valid_until, suspended_at, revoked_at, event_id
        FROM credentials
        WHERE id < $1
        ORDER BY id DESC
        LIMIT $2
        """;

    private const string SelectOfMember = """
        SELECT id, member_id, kind, attests, claims, subject_did, format, offer_id, status_list, status_index,
          issued_at, valid_until, suspended_at, revoked_at, event_id
        FROM credentials
        WHERE member_id = $1
        ORDER BY id DESC
        LIMIT $2
        """;

    private const string SelectStandingOfMember = """
        SELECT id, member_id, kind, attests, claims, subject_did, format, offer_id, status_list, status_index,
          issued_at, valid_until, suspended_at, revoked_at, event_id
        FROM credentials
        WHERE member_id = $1 AND revoked_at IS NULL AND valid_until > $2
        ORDER BY id
        """;

    private const string SelectFormatsOfOffer = """
        SELECT DISTINCT format FROM credentials WHERE offer_id = $1
        """;

    private const string InsertCredential = """
        INSERT INTO credentials
          (id, member_id, kind, attests, claims, subject_did, format, offer_id, status_list, status_index,
           issued_at, valid_until, event_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        """;

    private const string UpdateState = """
        UPDATE credentials
        SET suspended_at = $2, revoked_at = $3, status_event_id = $4
        WHERE id = $1 AND revoked_at IS NULL
        """;

    private static readonly Guid Last = new("ffffffff-ffff-ffff-ffff-ffffffffffff");

    public static Task<Credential?> FindAsync(NpgsqlConnection connection, Guid id, CancellationToken ct) =>
        connection.Command(SelectById, id).SingleAsync(Read, ct);

    /// <summary>Newest first.</summary>
    public static Task<List<Credential>> ListAsync(
        NpgsqlConnection connection, Guid? after, int limit, CancellationToken ct) =>
        connection.Command(SelectPage, after ?? Last, (long)limit).ListAsync(Read, ct);

    /// <summary>A member's newest.</summary>
    public static Task<List<Credential>> ListOfAsync(
        NpgsqlConnection connection, Guid memberId, int limit, CancellationToken ct) =>
        connection.Command(SelectOfMember, memberId, (long)limit).ListAsync(Read, ct);

    /// <summary>Those of a member that are neither revoked nor expired.</summary>
    public static Task<List<Credential>> ListStandingAsync(
        NpgsqlConnection connection, Guid memberId, DateTimeOffset now, CancellationToken ct) =>
        connection.Command(SelectStandingOfMember, memberId, now).ListAsync(Read, ct);

    /// <summary>The encodings in which an offer was taken already.</summary>
    public static Task<List<CredentialFormat>> ListFormatsOfOfferAsync(
        NpgsqlConnection connection, Guid offerId, CancellationToken ct) =>
        connection.Command(SelectFormatsOfOffer, offerId).ListAsync(r => Enum.Parse<CredentialFormat>(r.GetString(0)), ct);

    public static Task InsertAsync(NpgsqlTransaction transaction, Credential credential, CancellationToken ct) =>
        transaction.Connection!.Command(
            InsertCredential,
            credential.Id,
            credential.MemberId,
            CredentialKinds.NameOf(credential.Kind),
            credential.Attests,
            Encoding.UTF8.GetString(CanonicalJson.Serialize(credential.Claims)),
            credential.SubjectDid,
            credential.Format?.ToString(),
            credential.OfferId,
            credential.StatusList,
            credential.StatusIndex,
            credential.IssuedAt,
            credential.ValidUntil,
            credential.EventId).RunAsync(ct);

    /// <summary>Writes another state. False when it was revoked, which is for good.</summary>
    public static async Task<bool> ChangeAsync(
        NpgsqlTransaction transaction, Guid id, DateTimeOffset? suspendedAt, DateTimeOffset? revokedAt, Guid eventId,
        CancellationToken ct) =>
        await transaction.Connection!.Command(UpdateState, id, suspendedAt, revokedAt, eventId).RunAsync(ct) == 1;

    private static Credential Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetGuid(1),
        CredentialKinds.OfName(row.GetString(2)),
        row.GetString(3),
        CanonicalJson.Parse(Encoding.UTF8.GetBytes(row.GetString(4)))!.AsObject(),
        row.GetString(5),
        row.NullableText(6) is { } format ? Enum.Parse<CredentialFormat>(format) : null,
        row.Nullable<Guid>(7),
        row.GetInt64(8),
        row.GetInt64(9),
        row.GetFieldValue<DateTimeOffset>(10),
        row.GetFieldValue<DateTimeOffset>(11),
        row.Nullable<DateTimeOffset>(12),
        row.Nullable<DateTimeOffset>(13),
        row.GetGuid(14));
}
