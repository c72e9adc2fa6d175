using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Coop.Federation.Log;
using Coop.Identity.Credentials;
using Coop.Node.Database;
using Coop.Node.Features.Credentials;
using Coop.Node.Features.Issuing;
using Coop.Node.Http;
using Coop.Node.Log;

namespace Coop.Node.Features.Presenting;

/// <summary>
/// Takes a wallet's answer (OpenID4VP 1.0, section 8.2, <c>direct_post</c>). The first answer with the right
/// state is the only one: a request is used up by it whether it lets somebody in or not.
/// </summary>
internal static class TakeResponse
{
    /// <summary>A guest shows the credential again after this long.</summary>
    public static readonly TimeSpan MaxStay = TimeSpan.FromHours(12);

    private const string InvalidRequest = "invalid_request";
    private const int PseudonymSizeBytes = 16;
    private const int MaxNameLength = 100;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(RequestObject.ResponsesPath + "/{id:guid}", HandleAsync)
            .Protocol()
            .WithSummary("Send a presentation (OpenID4VP)");

    private static async Task<IResult> HandleAsync(
        Guid id, HttpRequest http, Transactions transactions, CredentialVerifier verifier, RequestObject requests,
        TimeProvider time, CancellationToken ct)
    {
        var form = await BodyReading.ReadFormAsync(http, ct);
        var request = await transactions.ReadAsync((c, t) => PresentationStore.FindAsync(c, id, t), ct);
        if (request is not { AnsweredAt: null } || time.GetUtcNow() >= request.ExpiresAt
            || !IsSame(form.GetValueOrDefault("state"), request.State))
        {
            throw Over();
        }

        if (form.ContainsKey("error"))
        {
            await RefuseAsync(transactions, id, PresentationRefusal.Declined, time, ct);
            return OAuthAnswers.Json([]);
        }

        var presentation = PresentationOf(form);
        var trusted = await transactions.ReadAsync(TrustStore.ListAcceptedAsync, ct);
        var report = await verifier.VerifyAsync(
            presentation,
            new VerificationRequest
            {
                TrustedIssuers = trusted.Select(i => i.Did).ToHashSet(StringComparer.Ordinal),
                Audience = requests.ClientId,
                Nonce = request.Nonce,
                IsHolderRequired = true,
            },
            ct);
        if (PresentationRule.Refusal(report) is { } refusal)
        {
            await RefuseAsync(transactions, id, refusal, time, ct);
            throw new OAuthException("access_denied", $"The presentation was not accepted: {refusal}.");
        }

        var content = PresentationRule.CredentialOf(report)!.Content!;
        var pseudonym = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(PseudonymSizeBytes));
        await transactions.WriteAsync((scope, c) => AdmitAsync(scope, id, content, pseudonym, c), ct);
        return OAuthAnswers.Json([]);
    }

    private static async Task<bool> AdmitAsync(
        WriteScope scope, Guid id, CredentialContent content, string pseudonym, CancellationToken ct)
    {
        // Trust may have ended while the proof was looked at.
        var accepted = await TrustStore.ListAcceptedAsync(scope.Connection, ct);
        var issuer = accepted.Find(i => i.Did == content.Issuer);
        if (issuer.Did is null)
        {
            throw Over();
        }

        var until = scope.Now + MaxStay;
        var guest = await GuestStore.AdmitAsync(
            scope, issuer.Did, PresentationRule.Holder(content)!, NameOf(content, issuer.Label), pseudonym,
            content.ValidUntil < until ? content.ValidUntil.Value : until, ct);
        if (!await PresentationStore.AnswerAsync(scope.Transaction, id, scope.Now, guest.Id, refusal: null, ct))
        {
            throw Over();
        }

        scope.Append(new EventDraft(
            EventTypes.GuestAdmitted, guest.Actor, guest.Actor, Visibility.Members,
            new JsonObject { ["id"] = guest.Id.ToString("D"), ["issuer"] = issuer.Did, ["label"] = issuer.Label }));
        return true;
    }

    /// <summary>Whatever another node signed, here it is one line of text.</summary>
    private static string NameOf(CredentialContent content, string issuerLabel)
    {
        try
        {
            return Fields.Text(PresentationRule.TextOf(content, "memberName"), "memberName", 1, MaxNameLength);
        }
        catch (RefusalException)
        {
            return $"A member of {issuerLabel}";
        }
    }

    /// <summary>Section 8.1: an object of arrays, by the ids of the query. One presentation of one credential.</summary>
    private static string PresentationOf(IReadOnlyDictionary<string, string> form)
    {
        var text = form.GetValueOrDefault("vp_token") ?? throw new OAuthException(InvalidRequest, "The vp_token is missing.");
        var token = BodyReading.ParseJson(Encoding.UTF8.GetBytes(text), InvalidRequest);
        var isOne = token.Count == 1 && Formats.All.Any(f => token.ContainsKey(RequestObject.QueryId(f)))
            && token.First().Value is JsonArray { Count: 1 };
        return (isOne ? token.First().Value![0] : null) switch
        {
            JsonObject json => json.ToJsonString(),
            JsonValue value when value.TryGetValue(out string? compact) => compact,
            _ => throw new OAuthException(InvalidRequest, "The vp_token does not hold one presentation of what was asked for."),
        };
    }

    private static Task<bool> RefuseAsync(
        Transactions transactions, Guid id, string refusal, TimeProvider time, CancellationToken ct) =>
        transactions.MaintainAsync(
            (t, c) => PresentationStore.AnswerAsync(t, id, time.GetUtcNow(), guestId: null, refusal, c), ct);

    private static bool IsSame(string? given, string expected) =>
        given is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));

    private static OAuthException Over() =>
        new(InvalidRequest, "The request is unknown, answered or expired, or the state is not its own.");
}
