using System.Text.Json.Nodes;
using Coop.Identity.Credentials;
using Coop.Identity.Credentials.Jose;
using Coop.Node.Features.Credentials;
using Coop.Node.Hosting;
using Coop.Node.Identity;

namespace Coop.Node.Features.Presenting;

/// <summary>
/// The signed authorization request (OpenID4VP 1.0, section 5; RFC 9101), which asks by DCQL (section 6) for
/// a membership credential in any encoding.
/// </summary>
internal sealed class RequestObject(NodeIdentity identity, NodeOptions node, TimeProvider time)
{
    public const string MediaType = "application/oauth-authz-req+jwt";
    public const string RequestsPath = "/openid4vp/requests";
    public const string ResponsesPath = "/openid4vp/responses";

    private const string Type = "oauth-authz-req+jwt";

    /// <summary>Section 5.8: whatever wallet it is.</summary>
    private const string AnyWallet = "https://self-issued.me/v2";

    private const string ExpandedCredential = "https://www.w3.org/2018/credentials#VerifiableCredential";
    private const string ExpandedTerm = "https://www.w3.org/ns/credentials/undefined-term#";

    private readonly string _address = node.PublicUrl.AbsoluteUri.TrimEnd('/');

    /// <summary>Section 5.9.3: the DID says which keys may sign the request.</summary>
    public string ClientId => $"decentralized_identifier:{identity.Did}";

    public string RequestUri(Guid id) => $"{_address}{RequestsPath}/{id:D}";

    /// <summary>What a wallet opens, e.g. from a QR code.</summary>
    public string Link(Guid id) =>
        $"openid4vp://?client_id={Uri.EscapeDataString(ClientId)}&request_uri={Uri.EscapeDataString(RequestUri(id))}";

    public string Sign(PresentationRequest request)
    {
        var signer = identity.AssertionSigner;
        var payload = new JsonObject
        {
            ["iss"] = ClientId,
            ["aud"] = AnyWallet,
            ["client_id"] = ClientId,
            ["response_type"] = "vp_token",
            ["response_mode"] = "direct_post",
            ["response_uri"] = $"{_address}{ResponsesPath}/{request.Id:D}",
            ["nonce"] = request.Nonce,
            ["state"] = request.State,
            ["iat"] = time.GetUtcNow().ToUnixTimeSeconds(),
            ["exp"] = request.ExpiresAt.ToUnixTimeSeconds(),
            ["dcql_query"] = Query(),
            ["client_metadata"] = Metadata(),
        };
        return CompactJws.Sign(new JsonObject { ["typ"] = Type, ["kid"] = signer.KeyId }, payload, signer.Key);
    }

    /// <summary>The id of the query for an encoding, under which the answer stands in <c>vp_token</c>.</summary>
    public static string QueryId(CredentialFormat format) => format switch
    {
        CredentialFormat.SdJwtVc => "membership_sd_jwt",
        CredentialFormat.DataIntegrity => "membership_ldp",
        CredentialFormat.VcJwt => "membership_vc_jwt",
        _ => "membership_jwt",
    };

    private static JsonObject Query() => new()
    {
        ["credentials"] = new JsonArray([.. Formats.All.Select(QueryOf)]),
        ["credential_sets"] = new JsonArray(new JsonObject
        {
            ["options"] = new JsonArray([.. Formats.All.Select(f => new JsonArray(QueryId(f)))]),
        }),
    };

    private static JsonObject QueryOf(CredentialFormat format)
    {
        var type = CredentialType.Membership;
        var query = new JsonObject { ["id"] = QueryId(format), ["format"] = Formats.NameOf(format) };
        if (format != CredentialFormat.SdJwtVc)
        {
            // Appendix B.1.1: expanded as JSON-LD would; the plain names for wallets that do not expand.
            query["meta"] = new JsonObject
            {
                ["type_values"] = new JsonArray(
                    new JsonArray(ExpandedCredential, ExpandedTerm + type.Name),
                    new JsonArray("VerifiableCredential", type.Name)),
            };
            return query;
        }

        query["meta"] = new JsonObject { ["vct_values"] = new JsonArray(type.Vct) };
        query["claims"] = new JsonArray(Claim("coop"), Claim("memberId"), Claim("memberSince"), Claim("memberName"));
        // The name is asked for, and not needed.
        query["claim_sets"] = new JsonArray(
            new JsonArray("coop", "memberId", "memberSince", "memberName"),
            new JsonArray("coop", "memberId", "memberSince"));
        return query;
    }

    private static JsonObject Claim(string name) => new() { ["id"] = name, ["path"] = new JsonArray(name) };

    /// <summary>Section 11.1 and appendix B: what this verifier can check.</summary>
    private JsonObject Metadata() => new()
    {
        ["client_name"] = node.Name,
        ["vp_formats_supported"] = new JsonObject
        {
            ["dc+sd-jwt"] = new JsonObject
            {
                ["sd-jwt_alg_values"] = new JsonArray("ES256", "EdDSA"),
                ["kb-jwt_alg_values"] = new JsonArray("ES256", "EdDSA"),
            },
            ["ldp_vc"] = new JsonObject
            {
                ["proof_type_values"] = new JsonArray("DataIntegrityProof"),
                ["cryptosuite_values"] = new JsonArray("eddsa-jcs-2022"),
            },
            ["vc+jwt"] = new JsonObject { ["alg_values"] = new JsonArray("EdDSA", "ES256") },
            ["jwt_vc_json"] = new JsonObject { ["alg_values"] = new JsonArray("EdDSA", "ES256") },
        },
    };
}
