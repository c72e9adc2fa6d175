using System.Text.Json;
using Coop.Node.Database;
using Coop.Node.Features.Credentials;
using Coop.Node.Http;
using Npgsql;

namespace Coop.Node.Features.Issuing;

/// <summary>Credential offers, found by the hash of their code or of their access token.</summary>
internal static class OfferStore
{
    private const string SelectByCode = """
        SELECT id, member_id, statement, tx_code_hash, attempts_left, created_by, expires_at, token_expires_at
        FROM credential_offers
        WHERE code_hash = $1
        """;

    private const string SelectByToken = """
        SELECT id, member_id, statement, tx_code_hash, attempts_left, created_by, expires_at, token_expires_at
        FROM credential_offers
        WHERE token_hash = $1
        """;

    private const string InsertOffer = """
        INSERT INTO credential_offers
          (id, member_id, statement, code_hash, tx_code_hash, attempts_left, created_by, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    private const string UpdateAttempts = """
        UPDATE credential_offers SET attempts_left = attempts_left - 1 WHERE id = $1 AND attempts_left > 0
        """;

    private const string UpdateToken = """
        UPDATE credential_offers
        SET token_hash = $2, token_expires_at = $3
        WHERE id = $1 AND token_hash IS NULL
        """;

    private const string SelectTokenHash = "SELECT token_hash FROM credential_offers WHERE id = $1 AND token_hash = $2";

    public static Task<CredentialOffer?> FindByCodeAsync(NpgsqlConnection connection, string code, CancellationToken ct) =>
        connection.Command(SelectByCode, OfferSecret.Hash(code)).SingleAsync(Read, ct);

    public static Task<CredentialOffer?> FindByTokenAsync(NpgsqlConnection connection, string token, CancellationToken ct) =>
        connection.Command(SelectByToken, OfferSecret.Hash(token)).SingleAsync(Read, ct);

    public static Task InsertAsync(
        NpgsqlTransaction transaction, CredentialOffer offer, OfferSecret secret, DateTimeOffset now, CancellationToken ct) =>
        transaction.Connection!.Command(
            InsertOffer,
            offer.Id,
            offer.MemberId,
            JsonSerializer.Serialize(offer.Statement, StrictJson.Options),
            OfferSecret.Hash(secret.Code),
            offer.TxCodeHash,
            offer.AttemptsLeft,
            offer.CreatedBy,
            now,
            offer.ExpiresAt).RunAsync(ct);

    /// <summary>Uses up one attempt at the transaction code. False when none is left.</summary>
    public static async Task<bool> TryAgainAsync(NpgsqlTransaction transaction, Guid id, CancellationToken ct) =>
        await transaction.Connection!.Command(UpdateAttempts, id).RunAsync(ct) == 1;

    /// <summary>Redeems the code for an access token. False when it was redeemed before, for another.</summary>
    public static async Task<bool> RedeemAsync(
        NpgsqlTransaction transaction, Guid id, string token, DateTimeOffset expiresAt, CancellationToken ct)
    {
        var hash = OfferSecret.Hash(token);
        return await transaction.Connection!.Command(UpdateToken, id, hash, expiresAt).RunAsync(ct) == 1
            // An attempt of this same request may have got through without our learning of it.
            || (await transaction.Connection!.Command(SelectTokenHash, id, hash).ListAsync(_ => true, ct)).Count == 1;
    }

    private static CredentialOffer Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetGuid(1),
        JsonSerializer.Deserialize<CredentialStatement>(row.GetString(2), StrictJson.Options)!,
        row.GetFieldValue<byte[]>(3),
        row.GetInt64(4),
        row.GetString(5),
        row.GetFieldValue<DateTimeOffset>(6),
        row.Nullable<DateTimeOffset>(7));
}
