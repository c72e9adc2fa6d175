using Coop.Identity.Passkeys;
using Coop.Node.Database;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace Coop.Node.Features.Accounts;

/// <summary>Passkeys: the credential records of WebAuthn level 3, section 4.</summary>
public static class PasskeyStore
{
    private const string SelectOwner = "SELECT member_id FROM passkeys WHERE credential_id = $1";

    private const string SelectOfMember = """
        SELECT credential_id, public_key, created_at, sign_count, transports, user_verified,
          backup_eligible, backed_up, attestation_object, client_data_json, name
        FROM passkeys
        WHERE member_id = $1
        """;

    private const string SelectOne = """
        SELECT credential_id, public_key, created_at, sign_count, transports, user_verified,
          backup_eligible, backed_up, attestation_object, client_data_json, name
        FROM passkeys
        WHERE member_id = $1 AND credential_id = $2
        """;

    private const string InsertPasskey = """
        INSERT INTO passkeys
          (credential_id, member_id, public_key, created_at, sign_count, transports, user_verified,
           backup_eligible, backed_up, attestation_object, client_data_json, name)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        ON CONFLICT (credential_id) DO NOTHING
        """;

    // The comparison is repeated here, since another sign-in may have raised the count meanwhile.
    private const string UpdateUse = """
        UPDATE passkeys
        SET sign_count = $2, backed_up = $3, last_used_at = $4
        WHERE credential_id = $1 AND (sign_count < $2 OR (sign_count = 0 AND $2 = 0))
        """;

    public static async Task<Guid?> FindOwnerAsync(
        NpgsqlConnection connection, byte[] credentialId, CancellationToken ct)
    {
        var owners = await connection.Command(SelectOwner, credentialId).ListAsync(r => r.GetGuid(0), ct);
        return owners.Count == 0 ? null : owners[0];
    }

    public static Task<List<UserPasskeyInfo>> ListAsync(
        NpgsqlConnection connection, Guid memberId, CancellationToken ct) =>
        connection.Command(SelectOfMember, memberId).ListAsync(Read, ct);

    public static Task<UserPasskeyInfo?> FindAsync(
        NpgsqlConnection connection, Guid memberId, byte[] credentialId, CancellationToken ct) =>
        connection.Command(SelectOne, memberId, credentialId).SingleAsync(Read, ct);

    /// <summary>Writes a new passkey. False when its credential is registered already.</summary>
    public static async Task<bool> InsertAsync(
        NpgsqlTransaction transaction, Guid memberId, UserPasskeyInfo passkey, DateTimeOffset now,
        CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(passkey);
        var rows = await transaction.Connection!.Command(
            InsertPasskey,
            passkey.CredentialId,
            memberId,
            passkey.PublicKey,
            now,
            (long)passkey.SignCount,
            Transports.Join(passkey.Transports),
            passkey.IsUserVerified,
            passkey.IsBackupEligible,
            passkey.IsBackedUp,
            passkey.AttestationObject,
            passkey.ClientDataJson,
            passkey.Name).RunAsync(ct);
        return rows == 1;
    }

    /// <summary>Keeps what a sign-in showed. False when the count went backwards since it was read.</summary>
    public static async Task<bool> UseAsync(
        NpgsqlTransaction transaction, UserPasskeyInfo passkey, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(passkey);
        var rows = await transaction.Connection!
            .Command(UpdateUse, passkey.CredentialId, (long)passkey.SignCount, passkey.IsBackedUp, now)
            .RunAsync(ct);
        return rows == 1;
    }

    private static UserPasskeyInfo Read(NpgsqlDataReader row) => new(
        credentialId: row.GetFieldValue<byte[]>(0),
        publicKey: row.GetFieldValue<byte[]>(1),
        createdAt: row.GetFieldValue<DateTimeOffset>(2),
        signCount: checked((uint)row.GetInt64(3)),
        transports: Transports.Split(row.GetString(4)),
        isUserVerified: row.GetBoolean(5),
        isBackupEligible: row.GetBoolean(6),
        isBackedUp: row.GetBoolean(7),
        attestationObject: row.GetFieldValue<byte[]>(8),
        clientDataJson: row.GetFieldValue<byte[]>(9))
    {
        Name = row.NullableText(10),
    };
}
