using System.Buffers.Text;
using Microsoft.IdentityModel.Tokens;

namespace Coop.Node.Features.Accounts;

/// <summary>Publishes the keys that check bearer tokens: a JWK set (RFC 7517, section 5).</summary>
public static class ShowTokenKeys
{
    /// <param name="Kty">Always <c>EC</c>.</param>
    /// <param name="Crv">Always <c>P-256</c>.</param>
    /// <param name="X">32 bytes, base64url.</param>
    /// <param name="Y">32 bytes, base64url.</param>
    /// <param name="Kid">The RFC 7638 thumbprint.</param>
    /// <param name="Use">Always <c>sig</c>.</param>
    /// <param name="Alg">Always <c>ES256</c>.</param>
    public sealed record Key(string Kty, string Crv, string X, string Y, string Kid, string Use, string Alg);

    /// <param name="Keys">One key.</param>
    public sealed record Response(IReadOnlyList<Key> Keys);

    public static void Map(IEndpointRouteBuilder root) =>
        root.MapGet("/.well-known/jwks.json", Handle)
            .AllowAnonymous()
            .WithSummary("Read the keys that check bearer tokens");

    private static Response Handle(TokenKey key)
    {
        var point = key.PublicPoint();
        return new([new(
            "EC",
            "P-256",
            Base64Url.EncodeToString(point.X),
            Base64Url.EncodeToString(point.Y),
            key.Security.KeyId,
            "sig",
            SecurityAlgorithms.EcdsaSha256)]);
    }
}
