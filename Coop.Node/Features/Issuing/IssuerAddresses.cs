using Coop.Node.Hosting;

namespace Coop.Node.Features.Issuing;

/// <summary>Where the issuer's endpoints are. The issuer's identifier is the node's public address.</summary>
internal sealed class IssuerAddresses(NodeOptions node)
{
    public const string OffersPath = "/openid4vci/offers";
    public const string TokenPath = "/openid4vci/token";
    public const string NoncePath = "/openid4vci/nonce";
    public const string CredentialPath = "/openid4vci/credential";

    public string Issuer { get; } = node.PublicUrl.AbsoluteUri.TrimEnd('/');

    public string Token => Issuer + TokenPath;

    public string Nonce => Issuer + NoncePath;

    public string Credential => Issuer + CredentialPath;

    public string Offer(OfferSecret secret) => $"{Issuer}{OffersPath}/{secret.Handle}";
}
