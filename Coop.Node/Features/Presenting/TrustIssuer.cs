using System.Text.Json.Nodes;
using Coop.Federation.Log;
using Coop.Identity.Dids;
using Coop.Node.Database;
using Coop.Node.Http;
using Coop.Node.Log;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coop.Node.Features.Presenting;

/// <summary>Lets the members of another co-op in as guests.</summary>
public static class TrustIssuer
{
    public const int MaxLabelLength = 100;
    private const int MaxDidLength = 500;

    /// <param name="Did">The DID of the other co-op's node: a did:webvh or did:web.</param>
    /// <param name="Label">What it is called here; up to 100 characters.</param>
    public sealed record Request(string Did, string Label);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/trusted-issuers", HandleAsync)
            .RequireRole(Roles.Admin)
            .WithSummary("Let the members of another co-op in as guests");

    private static async Task<Created<TrustedIssuer>> HandleAsync(
        Request request, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        var did = ParseDid(request.Did);
        var label = Fields.Text(request.Label, "label", 1, MaxLabelLength);
        var trusted = await transactions.WriteAsync((scope, c) => AddAsync(scope, me, did, label, c), ct);
        return TypedResults.Created($"/api/trusted-issuers/{trusted.Id:D}", trusted);
    }

    private static async Task<TrustedIssuer> AddAsync(
        WriteScope scope, CurrentMember me, string did, string label, CancellationToken ct)
    {
        if ((await TrustStore.ListAsync(scope.Connection, ct)).Count >= TrustStore.MaxCount)
        {
            throw ProblemTypes.IssuerKnown.With("There are as many as there may be; remove one first.");
        }

        var issuer = new TrustedIssuer(scope.NewId(), did, label, Roles.Guest, scope.Now, scope.FirstEventId);
        if (!await TrustStore.InsertAsync(scope.Transaction, issuer, me.Id, ct))
        {
            throw ProblemTypes.IssuerKnown.With("Remove it first to give it another label.");
        }

        scope.Append(Event(EventTypes.IssuerTrusted, issuer, me.Actor));
        return issuer;
    }

    internal static EventDraft Event(string type, TrustedIssuer issuer, string actor) => new(
        type, actor, issuer.Subject, Visibility.Members,
        new JsonObject
        {
            ["id"] = issuer.Id.ToString("D"),
            ["did"] = issuer.Did,
            ["label"] = issuer.Label,
            ["grants"] = issuer.Grants,
        });

    private static string ParseDid(string text)
    {
        var did = Fields.Text(text, "did", 1, MaxDidLength);
        return DidUrl.TryParse(did, out var url) && url.Did == did && url.Method is "webvh" or "web"
            ? did
            : throw Fields.Invalid("did", "must be a did:webvh or did:web, without path and fragment.");
    }
}
