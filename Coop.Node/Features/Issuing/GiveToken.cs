using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Coop.Identity.Keys;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Features.Issuing;

/// <summary>
/// The token endpoint (OpenID4VCI 1.0, section 6): redeems a pre-authorized code together with its
/// transaction code, once. Every attempt counts, also of a wallet that crashed in between.
/// </summary>
internal static class GiveToken
{
    public const string PreAuthorized = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

    public const string DetailsType = "openid_credential";

    private const int TokenSizeBytes = 32;
    private const int MaxDetails = 8;

    private const string InvalidRequest = "invalid_request";
    private const string InvalidGrant = "invalid_grant";
    private const string InvalidDetails = "invalid_authorization_details";

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(IssuerAddresses.TokenPath, HandleAsync)
            .Protocol()
            .WithSummary("Redeem the code of a credential offer for an access token (OpenID4VCI)");

    private static async Task<IResult> HandleAsync(
        HttpRequest request, Transactions transactions, TimeProvider time, CancellationToken ct)
    {
        var form = await BodyReading.ReadFormAsync(request, ct);
        if (form.GetValueOrDefault("grant_type") != PreAuthorized)
        {
            throw new OAuthException("unsupported_grant_type", "Only pre-authorized codes are redeemed here.");
        }

        var code = form.GetValueOrDefault("pre-authorized_code")
            ?? throw new OAuthException(InvalidRequest, "The pre-authorized_code is missing.");
        var txCode = form.GetValueOrDefault("tx_code")
            ?? throw new OAuthException(InvalidRequest, "The tx_code is missing.");
        var token = Base64Url.Encode(RandomNumberGenerator.GetBytes(TokenSizeBytes));
        var details = form.GetValueOrDefault("authorization_details");
        var offer = await transactions.ReadAsync((c, t) => OfferStore.FindByCodeAsync(c, code, t), ct);
        var granted = details is null || offer is null ? null : Details(details, offer);
        var attempt = new Attempt(code, txCode, token, time.GetUtcNow());
        return await transactions.MaintainAsync((t, c) => RedeemAsync(t, attempt, c), ct)
            ? OAuthAnswers.Json(Answer(token, granted))
            : throw new OAuthException(InvalidGrant, "The code or the transaction code is wrong, used or expired.");
    }

    // It does not throw, so that the attempt is counted.
    private static async Task<bool> RedeemAsync(NpgsqlTransaction transaction, Attempt attempt, CancellationToken ct)
    {
        var offer = await OfferStore.FindByCodeAsync(transaction.Connection!, attempt.Code, ct);
        return offer is not null
            && attempt.At < offer.ExpiresAt
            && await OfferStore.TryAgainAsync(transaction, offer.Id, ct)
            && CryptographicOperations.FixedTimeEquals(offer.TxCodeHash, OfferSecret.HashTxCode(offer.Id, attempt.TxCode))
            && await OfferStore.RedeemAsync(
                transaction, offer.Id, attempt.Token, attempt.At + CredentialOffer.TokenLifetime, ct);
    }

    /// <summary>RFC 9396, as far as section 5.1.1 uses it: the configurations of the offer, or some of them.</summary>
    private static JsonArray Details(string text, CredentialOffer offer)
    {
        JsonNode? parsed;
        try
        {
            parsed = Coop.Identity.Json.CanonicalJson.Parse(Encoding.UTF8.GetBytes(text));
        }
        catch (Coop.Identity.Json.CanonicalJsonException)
        {
            throw new OAuthException(InvalidDetails, "The authorization_details cannot be read.");
        }

        if (parsed is not JsonArray { Count: > 0 and <= MaxDetails } details)
        {
            throw new OAuthException(InvalidDetails, "The authorization_details are no array of a few.");
        }

        return new JsonArray([.. details.Select(d => Granted(d, offer))]);
    }

    private static JsonObject Granted(JsonNode? detail, CredentialOffer offer)
    {
        var id = detail is JsonObject json && BodyReading.Text(json, "type") == DetailsType
            ? BodyReading.Text(json, "credential_configuration_id")
            : null;
        return id is not null && CredentialConfiguration.Find(id)?.Kind == offer.Statement.Kind
            ? new JsonObject
            {
                ["type"] = DetailsType,
                ["credential_configuration_id"] = id,
                ["credential_identifiers"] = new JsonArray(id),
            }
            : throw new OAuthException(InvalidDetails, "The authorization_details ask for what was not offered.");
    }

    private static JsonObject Answer(string token, JsonArray? granted)
    {
        var answer = new JsonObject
        {
            ["access_token"] = token,
            ["token_type"] = "Bearer",
            ["expires_in"] = (long)CredentialOffer.TokenLifetime.TotalSeconds,
        };
        if (granted is not null)
        {
            answer["authorization_details"] = granted;
        }

        return answer;
    }

    private sealed record Attempt(string Code, string TxCode, string Token, DateTimeOffset At);
}
