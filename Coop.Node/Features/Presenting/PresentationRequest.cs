namespace Coop.Node.Features.Presenting;

/// <summary>A request for a credential, from the browser that began it to the wallet that answers it.</summary>
/// <param name="Id">UUIDv7; in the request's address.</param>
/// <param name="BrowserHash">SHA-256 of the secret in the browser's cookie.</param>
/// <param name="Nonce">What the wallet's proof must name.</param>
/// <param name="State">What the wallet must send back.</param>
/// <param name="ExpiresAt">From then on it is void.</param>
/// <param name="AnsweredAt">When a wallet answered; it is good for one answer.</param>
/// <param name="GuestId">Whom it let in.</param>
/// <param name="Refusal">Why it let nobody in.</param>
internal sealed record PresentationRequest(
    Guid Id,
    byte[] BrowserHash,
    string Nonce,
    string State,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? AnsweredAt,
    Guid? GuestId,
    string? Refusal)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
}
