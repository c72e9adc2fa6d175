using System.Text;
using System.Text.Json.Nodes;
using Coop.Identity.Credentials;
using Coop.Identity.Credentials.Jose;
using Coop.Identity.Dids;
using Coop.Identity.Keys;
using Coop.Identity.Net;
using Coop.Node.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Coop.Node.Features.Wallet;

/// <summary>
/// Fetches and checks the signed request behind a link (OpenID4VP 1.0, section 5; RFC 9101): who asks is
/// proved by a key of the DID that the client id names (section 5.9.3). The node does this for the member's
/// browser, which may not ask other origins. Thread-safe.
/// </summary>
internal sealed class RequestReader(OutboundHttp http, IDidResolver resolver, TimeProvider time)
{
    public const int MaxLinkLength = 4000;

    private const string ClientPrefix = "decentralized_identifier:";
    private const string Type = "oauth-authz-req+jwt";

    private static readonly OutboundLimits Limits = new(64 * 1024, TimeSpan.FromSeconds(10)) { MaxRedirects = 0 };

    /// <param name="link"><c>openid4vp://?client_id=…&amp;request_uri=…</c>, or an https link with the same query.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="RefusalException"><see cref="ProblemTypes.RequestRefused"/>.</exception>
    public async Task<JsonObject> ReadAsync(string link, CancellationToken ct)
    {
        var (clientId, requestUri) = Parse(link);
        try
        {
            var answer = await http.GetAsync(requestUri, Limits, ct);
            Require(answer.IsSuccess, $"Its address answered {answer.Status}: it is probably used or too old.");
            var jws = CompactJws.Parse(Encoding.UTF8.GetString(answer.Body.Span).Trim());
            Require(jws.Type == Type, "It is not a signed request.");
            jws.Verify(await FindKeyAsync(clientId, jws.KeyId, ct));
            Check(jws.Payload, clientId);
            return jws.Payload;
        }
        catch (Exception e) when (e is OutboundException or CredentialException or KeyFormatException)
        {
            throw Refusal(e.Message);
        }
    }

    public static string VerifierOf(JsonObject request) => Text(request, "client_id")[ClientPrefix.Length..];

    public static string Text(JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue(out string? text) ? text : throw Refusal($"It lacks {name}.");

    public static RefusalException Refusal(string detail) => ProblemTypes.RequestRefused.With(detail);

    private static (string ClientId, Uri RequestUri) Parse(string link)
    {
        var query = QueryHelpers.ParseQuery(link[(link.IndexOf('?', StringComparison.Ordinal) + 1)..]);
        return query.TryGetValue("client_id", out var id) && id is [{ } clientId]
            && query.TryGetValue("request_uri", out var uri) && uri is [{ } address]
            && Uri.TryCreate(address, UriKind.Absolute, out var requestUri)
                ? (clientId, requestUri)
                : throw Refusal("The link does not say who asks, and where the request lies.");
    }

    private async Task<VerificationKey> FindKeyAsync(string clientId, string? keyId, CancellationToken ct)
    {
        Require(clientId.StartsWith(ClientPrefix, StringComparison.Ordinal), "Who asks does not show itself by a DID.");
        var did = clientId[ClientPrefix.Length..];
        Require(
            DidUrl.TryParse(keyId, out var url) && url.Did == did && url.Fragment is not null,
            "The request is not signed by a key of who asks.");
        var resolution = await resolver.ResolveAsync(DidUrl.Parse(did), ct);
        var document = resolution.Document ?? throw Refusal($"Who asks could not be looked up: {resolution.Detail}");
        return (document.Find(keyId!, VerificationPurpose.AssertionMethod)
            ?? document.Find(keyId!, VerificationPurpose.Authentication))?.Key
                ?? throw Refusal("Who asks has no such key.");
    }

    private void Check(JsonObject request, string clientId)
    {
        Require(Text(request, "client_id") == clientId, "It was signed for another client id.");
        Require(Text(request, "response_type") == "vp_token", "It asks for something else than a card.");
        Require(Text(request, "response_mode") == "direct_post", "It wants its answer in a way that is not supported.");
        Require(request["dcql_query"] is JsonObject, "It does not say what it asks for.");
        Require(
            request["exp"] is not JsonValue exp || (exp.TryGetValue(out long end) && time.GetUtcNow().ToUnixTimeSeconds() < end),
            "It is too old; ask for a new one.");
        Require(
            Uri.TryCreate(Text(request, "response_uri"), UriKind.Absolute, out _), "It does not say where the answer goes.");
    }

    private static void Require(bool holds, string complaint)
    {
        if (!holds)
        {
            throw Refusal(complaint);
        }
    }
}
