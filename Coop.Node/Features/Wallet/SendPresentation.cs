using System.Text.Json.Nodes;
using Coop.Federation.Log;
using Coop.Identity.Net;
using Coop.Node.Database;
using Coop.Node.Features.Accounts;
using Coop.Node.Http;
using Coop.Node.Log;

namespace Coop.Node.Features.Wallet;

/// <summary>
/// Sends what the member's wallet has signed to who asked for it (OpenID4VP 1.0, section 8.2). It is
/// recorded before it leaves, so that the member's list never lacks one.
/// </summary>
internal static class SendPresentation
{
    private const int MaxDisclosed = 50;
    private const int MaxClaimLength = 100;

    private static readonly OutboundLimits Limits = new(64 * 1024, TimeSpan.FromSeconds(20));

    /// <param name="Ask">As the opened request gave it.</param>
    /// <param name="VpToken">The presentations by the ids of the query (section 8.1).</param>
    /// <param name="Disclosed">The names of the claims that it shows, for the member's own list.</param>
    public sealed record Request(string Ask, JsonObject VpToken, IReadOnlyList<string> Disclosed);

    /// <param name="Id">UUID.</param>
    /// <param name="Accepted">Whether who asked took it.</param>
    /// <param name="EventId">The event <c>credential.presented</c>.</param>
    public sealed record Response(Guid Id, bool Accepted, Guid EventId);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/me/presentations", HandleAsync)
            .RequireRole(Roles.Member)
            .WithSummary("Send a presentation to who asked for it, and keep a record");

    private static async Task<Response> HandleAsync(
        Request request, CurrentMember me, Transactions transactions, Ceremonies ceremonies, OutboundHttp http,
        CancellationToken ct)
    {
        var disclosed = Disclosed(request.Disclosed);
        var (ceremony, ask) = PresentationAsk.Open(ceremonies, request.Ask, me.Id);
        var (id, eventId) = await transactions.WriteAsync(
            async (scope, c) =>
            {
                var use = scope.NewId();
                var sent = new SentPresentation(
                    scope.NewId(), ask.Verifier, ask.Name, ask.ResponseUri.Authority, disclosed, scope.Now, Accepted: null);
                if (!await CeremonyStore.UseAsync(scope.Transaction, ceremony, use, c))
                {
                    throw Ceremonies.Refusal();
                }

                await SentPresentationStore.InsertAsync(scope.Transaction, me.Id, sent, c);
                return (sent.Id, scope.Append(Presented(me, ask, disclosed)));
            },
            ct);
        var isAccepted = await PostAsync(http, ask, request.VpToken, ct);
        await transactions.MaintainAsync(
            (t, c) => SentPresentationStore.AnswerAsync(t, id, isAccepted, c), CancellationToken.None);
        return new(id, isAccepted, eventId);
    }

    private static IReadOnlyList<string> Disclosed(IReadOnlyList<string> names) => names.Count <= MaxDisclosed
        ? [.. names.Select(name => Fields.Text(name, "disclosed", 1, MaxClaimLength))]
        : throw Fields.Invalid("disclosed", "has too many names.");

    private static async Task<bool> PostAsync(
        OutboundHttp http, PresentationAsk ask, JsonObject vpToken, CancellationToken ct)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal) { ["vp_token"] = vpToken.ToJsonString() };
        if (ask.State is not null)
        {
            form["state"] = ask.State;
        }

        try
        {
            return (await http.PostFormAsync(ask.ResponseUri, form, Limits, ct)).IsSuccess;
        }
        catch (OutboundException)
        {
            return false;
        }
    }

    private static EventDraft Presented(CurrentMember me, PresentationAsk ask, IReadOnlyList<string> disclosed) => new(
        EventTypes.CredentialPresented, me.Actor, me.Actor, Visibility.Private,
        new JsonObject
        {
            ["verifier"] = ask.Verifier,
            ["disclosed"] = new JsonArray([.. disclosed.Select(name => JsonValue.Create(name))]),
        });
}
