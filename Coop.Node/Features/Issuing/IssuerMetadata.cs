using System.Text.Json.Nodes;
using Coop.Node.Hosting;
using Coop.Node.Http;

namespace Coop.Node.Features.Issuing;

/// <summary>What a wallet reads first: the issuer's and the authorization server's metadata.</summary>
internal static class IssuerMetadata
{
    private const string CacheFor = "public, max-age=300";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/.well-known/openid-credential-issuer", Issuer)
            .AllowAnonymous().RequireCors(OtherOrigins.Policy)
            .WithSummary("Read what credentials this co-op issues, and how (OpenID4VCI)");
        app.MapGet("/.well-known/oauth-authorization-server", AuthorizationServer)
            .AllowAnonymous().RequireCors(OtherOrigins.Policy)
            .WithSummary("Read how a wallet gets an access token (RFC 8414)");
    }

    /// <summary>OpenID4VCI 1.0, section 12.2.4.</summary>
    private static IResult Issuer(IssuerAddresses addresses, NodeOptions node, HttpContext http)
    {
        http.Response.Headers.CacheControl = CacheFor;
        return OAuthAnswers.Json(new JsonObject
        {
            ["credential_issuer"] = addresses.Issuer,
            ["credential_endpoint"] = addresses.Credential,
            ["nonce_endpoint"] = addresses.Nonce,
            ["batch_credential_issuance"] = new JsonObject { ["batch_size"] = GiveCredentials.MaxBatch },
            ["display"] = new JsonArray(new JsonObject { ["name"] = node.Name }),
            ["credential_configurations_supported"] = new JsonObject(
                CredentialConfiguration.All.Select(c => KeyValuePair.Create(c.Id, (JsonNode?)c.ToJson()))),
        });
    }

    private static IResult AuthorizationServer(IssuerAddresses addresses, HttpContext http)
    {
        http.Response.Headers.CacheControl = CacheFor;
        return OAuthAnswers.Json(new JsonObject
        {
            ["issuer"] = addresses.Issuer,
            ["token_endpoint"] = addresses.Token,
            ["grant_types_supported"] = new JsonArray(GiveToken.PreAuthorized),
            ["token_endpoint_auth_methods_supported"] = new JsonArray("none"),
            ["authorization_details_types_supported"] = new JsonArray(GiveToken.DetailsType),
            ["pre-authorized_grant_anonymous_access_supported"] = true,
        });
    }
}
