using Coop.Identity.Passkeys;
using Coop.Node.Database;
using Coop.Node.Http;
using Npgsql;

namespace Coop.Node.Features.Invitations;

/// <summary>Invitations, found by the hash of their token or by their id.</summary>
public static class InvitationStore
{
    private const string SelectByToken = """
        SELECT id, roles, note, first_administrator, created_at, expires_at, used_by, revoked_at
        FROM invitations
        WHERE token_hash = $1
        """;

    private const string SelectById = """
        SELECT id, roles, note, first_administrator, created_at, expires_at, used_by, revoked_at
        FROM invitations
        WHERE id = $1
        """;

    private const string SelectPage = """
        SELECT id, roles, note, first_administrator, created_at, expires_at, used_by, revoked_at
        FROM invitations
        WHERE id < $1
        ORDER BY id DESC
        LIMIT $2
        """;

    private const string InsertInvitation = """
        INSERT INTO invitations
          (id, token_hash, roles, note, first_administrator, created_by, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """;

    private const string UpdateUsed = """
        UPDATE invitations
        SET used_at = $2, used_by = $3
        WHERE id = $1 AND used_at IS NULL AND revoked_at IS NULL AND expires_at > $2
        """;

    private const string UpdateRevoked = """
        UPDATE invitations
        SET revoked_at = $2
        WHERE id = $1 AND used_at IS NULL AND revoked_at IS NULL
        """;

    private const string UpdateRevokedOfNode = """
        UPDATE invitations
        SET revoked_at = $1
        WHERE first_administrator AND used_at IS NULL AND revoked_at IS NULL
        RETURNING id
        """;

    private static readonly Guid Last = new("ffffffff-ffff-ffff-ffff-ffffffffffff");

    public static Task<Invitation?> FindAsync(
        NpgsqlConnection connection, InvitationToken token, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(token);
        return connection.Command(SelectByToken, token.Hash()).SingleAsync(Read, ct);
    }

    public static Task<Invitation?> FindAsync(
        NpgsqlConnection connection, Guid id, CancellationToken ct) =>
        connection.Command(SelectById, id).SingleAsync(Read, ct);

    /// <summary>Newest first.</summary>
    public static Task<List<Invitation>> ListAsync(
        NpgsqlConnection connection, Guid? after, int limit, CancellationToken ct) =>
        connection.Command(SelectPage, after ?? Last, (long)limit).ListAsync(Read, ct);

    /// <param name="transaction">The write it belongs to.</param>
    /// <param name="invitation">As it will stand.</param>
    /// <param name="token">Its secret, of which the hash is kept.</param>
    /// <param name="createdBy">Who invites; null for the node's own.</param>
    /// <param name="ct">Cancels.</param>
    public static Task InsertAsync(
        NpgsqlTransaction transaction, Invitation invitation, InvitationToken token, Guid? createdBy,
        CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(invitation);
        ArgumentNullException.ThrowIfNull(token);
        return transaction.Connection!.Command(
            InsertInvitation,
            invitation.Id,
            token.Hash(),
            Roles.Join(invitation.Roles),
            invitation.Note,
            invitation.FirstAdministrator,
            createdBy,
            invitation.CreatedAt,
            invitation.ExpiresAt).RunAsync(ct);
    }

    /// <summary>Uses it up. False when it is no longer open.</summary>
    public static async Task<bool> UseAsync(
        NpgsqlTransaction transaction, Guid id, Guid memberId, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return await transaction.Connection!.Command(UpdateUsed, id, now, memberId).RunAsync(ct) == 1;
    }

    /// <summary>Takes it back. False when it was used or taken back before.</summary>
    public static async Task<bool> RevokeAsync(
        NpgsqlTransaction transaction, Guid id, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return await transaction.Connection!.Command(UpdateRevoked, id, now).RunAsync(ct) == 1;
    }

    /// <summary>Takes back the node's own unused invitations, and returns their ids.</summary>
    public static Task<List<Guid>> RevokeOfNodeAsync(
        NpgsqlTransaction transaction, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return transaction.Connection!.Command(UpdateRevokedOfNode, now).ListAsync(r => r.GetGuid(0), ct);
    }

    private static Invitation Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        Roles.Split(row.GetString(1)),
        row.NullableText(2),
        row.GetBoolean(3),
        row.GetFieldValue<DateTimeOffset>(4),
        row.GetFieldValue<DateTimeOffset>(5),
        row.Nullable<Guid>(6),
        row.Nullable<DateTimeOffset>(7));
}
