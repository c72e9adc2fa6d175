namespace Coop.Node.Features.Dids;

/// <summary>What a proof of possession says.</summary>
/// <param name="Issuer"><c>iss</c>: the DID.</param>
/// <param name="Audience"><c>aud</c>: the node's address.</param>
/// <param name="Subject"><c>sub</c>: the member's pseudonym.</param>
/// <param name="Nonce"><c>nonce</c>: the challenge's.</param>
public sealed record ProofClaims(string Issuer, string Audience, string Subject, string Nonce);
