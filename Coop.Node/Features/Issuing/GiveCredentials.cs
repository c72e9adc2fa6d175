using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Coop.Identity.Credentials;
using Coop.Identity.Dids;
using Coop.Identity.Presentations;
using Coop.Node.Database;
using Coop.Node.Features.Accounts;
using Coop.Node.Features.Credentials;
using Coop.Node.Http;

namespace Coop.Node.Features.Issuing;

/// <summary>
/// The credential endpoint (OpenID4VCI 1.0, section 8): one credential for each key that the wallet proves
/// to hold, each with a place of its own in the status list. An offer is taken once in each encoding.
/// </summary>
internal static class GiveCredentials
{
    public const int MaxBatch = 8;

    private const string InvalidRequest = "invalid_credential_request";
    private const string InvalidProof = "invalid_proof";
    private const string Denied = "credential_request_denied";

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(IssuerAddresses.CredentialPath, HandleAsync)
            .Protocol()
            .WithSummary("Fetch the offered credential, bound to keys of the wallet's (OpenID4VCI)");

    private static async Task<IResult> HandleAsync(
        HttpRequest request, Transactions transactions, Ceremonies ceremonies, IssuerAddresses addresses,
        CredentialIssuing issuing, CredentialSigning signing, IDidResolver resolver, TimeProvider time, CancellationToken ct)
    {
        // Steps of section 8: who asks (8.3.1.1), for what (8.2), with which keys (8.2, appendix F).
        var now = time.GetUtcNow();
        var offer = await RequireOfferAsync(request, transactions, now, ct);
        var body = await BodyReading.ReadJsonAsync(request, InvalidRequest, ct);
        var configuration = RequireConfiguration(body, offer);
        var proofs = await VerifyAsync(RequireProofs(body), addresses, resolver, now, ct);
        var nonces = OpenNonces(ceremonies, proofs);
        try
        {
            var issued = await transactions.WriteAsync(
                (scope, c) => IssueAsync(scope, offer, configuration.Format, proofs, nonces, issuing, c), ct);
            return OAuthAnswers.Json(Answer(issued, configuration.Format, signing));
        }
        catch (RefusalException e) when (e.Type.Status is StatusCodes.Status409Conflict)
        {
            throw new OAuthException(Denied, e.Type.Title);
        }
    }

    private static async Task<List<Credential>> IssueAsync(
        WriteScope scope, CredentialOffer offer, CredentialFormat format, IReadOnlyList<HolderProof> proofs,
        IReadOnlyList<Ceremony> nonces, CredentialIssuing issuing, CancellationToken ct)
    {
        foreach (var nonce in nonces)
        {
            if (!await CeremonyStore.UseAsync(scope.Transaction, nonce, scope.NewId(), ct))
            {
                throw InvalidNonce();
            }
        }

        var taken = await CredentialStore.ListFormatsOfOfferAsync(scope.Connection, offer.Id, ct);
        if (taken.Contains(format))
        {
            throw new OAuthException(Denied, "The offer was taken in this format already.");
        }

        var member = await MemberStore.FindAsync(scope.Connection, offer.MemberId, ct)
            ?? throw new OAuthException(Denied, "There is no such member any more.");
        var issued = new List<Credential>();
        foreach (var proof in proofs)
        {
            var order = new CredentialIssuing.Order(member, offer.Statement, proof.Did, offer.CreatedBy)
            {
                Format = format,
                OfferId = offer.Id,
            };
            issued.Add(await issuing.IssueAsync(scope, order, ct));
        }

        return issued;
    }

    private static async Task<CredentialOffer> RequireOfferAsync(
        HttpRequest request, Transactions transactions, DateTimeOffset now, CancellationToken ct)
    {
        var isBearer = AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
            && header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase);
        var offer = isBearer && header!.Parameter is { Length: > 0 } token
            ? await transactions.ReadAsync((c, t) => OfferStore.FindByTokenAsync(c, token, t), ct)
            : null;
        return offer is not null && now < offer.TokenExpiresAt
            ? offer
            : throw new OAuthException("invalid_token", "The access token is missing, unknown or expired.", StatusCodes.Status401Unauthorized);
    }

    private static CredentialConfiguration RequireConfiguration(JsonObject body, CredentialOffer offer)
    {
        var (byId, byIdentifier) = (BodyReading.Text(body, "credential_configuration_id"), BodyReading.Text(body, "credential_identifier"));
        if ((byId is null) == (byIdentifier is null))
        {
            throw new OAuthException(InvalidRequest, "Exactly one of credential_configuration_id and credential_identifier is needed.");
        }

        if (body.ContainsKey("credential_response_encryption"))
        {
            throw new OAuthException("invalid_encryption_parameters", "Responses are not encrypted here.");
        }

        var found = CredentialConfiguration.Find(byId ?? byIdentifier!);
        return found is not null && found.Kind == offer.Statement.Kind
            ? found
            : throw new OAuthException(
                byId is not null ? "unknown_credential_configuration" : "unknown_credential_identifier",
                "This was not offered.");
    }

    private static IEnumerable<string> RequireProofs(JsonObject body) =>
        body["proofs"] is JsonObject { Count: 1 } proofs && proofs["jwt"] is JsonArray { Count: > 0 and <= MaxBatch } jwts
            && jwts.All(j => j is JsonValue v && v.TryGetValue(out string? _))
                ? jwts.Select(j => j!.GetValue<string>())
                : throw new OAuthException(InvalidProof, $"Proofs of the type jwt are needed, from 1 to {MaxBatch}.");

    /// <summary>Appendix F.1; each key counts once, and is one that a credential can name by itself.</summary>
    private static async Task<List<HolderProof>> VerifyAsync(
        IEnumerable<string> texts, IssuerAddresses addresses, IDidResolver resolver, DateTimeOffset now, CancellationToken ct)
    {
        var proofs = new List<HolderProof>();
        foreach (var text in texts)
        {
            try
            {
                proofs.Add(await JwtProof.VerifyAsync(text, addresses.Issuer, resolver, now, ct));
            }
            catch (CredentialException e)
            {
                throw new OAuthException(InvalidProof, $"A proof was refused: {e.Code}.");
            }
        }

        return proofs.DistinctBy(p => p.Did).Count() != proofs.Count ? throw new OAuthException(InvalidProof, "Two proofs are by the same key.")
            : proofs.Exists(p => p.Nonce is null) ? throw new OAuthException(InvalidProof, "A proof has no nonce.")
            : proofs.Exists(p => CredentialSigning.HolderKeyOf(p.Did) is null) ? throw new OAuthException(InvalidProof, "Keys are bound as jwk, did:key or did:jwk.")
            : proofs;
    }

    private static List<Ceremony> OpenNonces(Ceremonies ceremonies, IEnumerable<HolderProof> proofs)
    {
        try
        {
            return [.. proofs.Select(p => p.Nonce).Distinct().Select(n => ceremonies.Open(CeremonyKind.CredentialNonce, n!))];
        }
        catch (RefusalException)
        {
            throw InvalidNonce();
        }
    }

    private static OAuthException InvalidNonce() =>
        new("invalid_nonce", "The c_nonce is used, expired or not of this issuer; get another one.");

    private static JsonObject Answer(IEnumerable<Credential> issued, CredentialFormat format, CredentialSigning signing) => new()
    {
        ["credentials"] = new JsonArray([.. issued.Select(c => new JsonObject { ["credential"] = Encoded(signing.Sign(c, format), format) })]),
    };

    /// <summary>Appendix A: <c>ldp_vc</c> is a JSON object, everything else a string.</summary>
    private static JsonNode Encoded(string text, CredentialFormat format) =>
        format == CredentialFormat.DataIntegrity ? JsonNode.Parse(text)! : JsonValue.Create(text);
}
