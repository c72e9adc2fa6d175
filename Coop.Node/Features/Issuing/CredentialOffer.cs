using Coop.Node.Features.Credentials;

namespace Coop.Node.Features.Issuing;

/// <summary>A credential that a wallet may fetch for a member, with any key that it proves to hold.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="MemberId">Of whom something is attested.</param>
/// <param name="Statement">What.</param>
/// <param name="TxCodeHash">Of the transaction code; see <see cref="OfferSecret.HashTxCode"/>.</param>
/// <param name="AttemptsLeft">How often the transaction code may still be tried.</param>
/// <param name="CreatedBy">Who offers it, as the log names them.</param>
/// <param name="ExpiresAt">When the code is void.</param>
/// <param name="TokenExpiresAt">When the access token is void; null before the code was redeemed.</param>
internal sealed record CredentialOffer(
    Guid Id,
    Guid MemberId,
    CredentialStatement Statement,
    byte[] TxCodeHash,
    long AttemptsLeft,
    string CreatedBy,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? TokenExpiresAt)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public static readonly TimeSpan TokenLifetime = TimeSpan.FromMinutes(5);

    public const int MaxAttempts = 5;

    public bool IsRedeemed => TokenExpiresAt is not null;
}
