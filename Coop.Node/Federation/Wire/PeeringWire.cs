using System.Text.Json.Nodes;
using Coop.Federation.Peering;
using Coop.Identity.Json;
using Coop.Node.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coop.Node.Federation.Wire;

/// <summary>
/// What peers ask each other about their peering, signed: <c>POST /federation/peerings</c>,
/// <c>POST /federation/peerings/{id}/steps</c>, <c>GET /federation/peerings/{id}</c>. And for everybody, the list
/// <c>GET /federation/peers</c>. Specified in specs/peering.md.
/// </summary>
internal static class PeeringWire
{
    public const string ProposalPath = FederationSetup.Prefix + "/peerings";

    public static string PathOf(Guid id) => $"{ProposalPath}/{id:D}";

    public static string StepPathOf(Guid id) => $"{ProposalPath}/{id:D}/steps";

    /// <param name="Id">The peering.</param>
    /// <param name="State">Where it stands here.</param>
    /// <param name="TermsHash">Of the terms in force, or on the table before there are any.</param>
    /// <param name="Received">How many of the caller's steps are here.</param>
    /// <param name="Sent">How many steps this side has taken.</param>
    public sealed record Standing(Guid Id, string State, string? TermsHash, long Received, long Sent);

    /// <param name="Peers">All that are or were in force and have not ended.</param>
    public sealed record PeerList(IReadOnlyList<PeerItem> Peers);

    /// <param name="Id">The same on both sides.</param>
    /// <param name="State">active, suspended or frozen.</param>
    /// <param name="Since">Since when.</param>
    /// <param name="TermsHash">Of the terms that both signed; the same on both sides.</param>
    /// <param name="Peer">Who it is, as in the terms.</param>
    /// <param name="Scopes">What this node lets the peer do.</param>
    /// <param name="TheirScopes">What the peer lets this node do.</param>
    public sealed record PeerItem(
        Guid Id, string State, DateTimeOffset Since, string TermsHash, JsonObject Peer,
        IReadOnlyList<string> Scopes, IReadOnlyList<string> TheirScopes);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(FederationSetup.Prefix);
        group.MapGet("/peers", ListAsync).AllowAnonymous().WithSummary("List the peers of this node");
        group.MapPost("/peerings", ProposeAsync)
            .Require(new PeerRequirement(PeerRequirement.Callers.Anybody, Scope: null))
            .WithSummary("Propose a peering to this node");
        group.MapPost("/peerings/{id:guid}/steps", StepAsync)
            .Require(new PeerRequirement(PeerRequirement.Callers.Known, Scope: null))
            .WithSummary("Tell this node a step of a peering");
        group.MapGet("/peerings/{id:guid}", ShowAsync)
            .Require(new PeerRequirement(PeerRequirement.Callers.Known, Scope: null))
            .WithSummary("Ask this node where a peering stands");
    }

    private static async Task<Ok<PeerList>> ListAsync(Peerings peerings, CancellationToken ct) => TypedResults.Ok(new PeerList(
    [
        .. (await peerings.ListAsync(ct))
            .Where(p => p.State is PeeringState.Active or PeeringState.Suspended or PeeringState.Frozen)
            .Select(p => new PeerItem(
                p.Id, PeeringNames.Of(p.State), p.Since, p.Terms.Hash, p.Peer.ToJson(), Names(p.Ours), Names(p.Theirs))),
    ]));

    private static Task<Ok<Standing>> ProposeAsync(
        HttpContext http, PeeringReceiver receiver, FederationMetrics metrics, CancellationToken ct) =>
        TakeAsync(http, receiver, metrics, message => receiver.ProposeAsync(http.Caller(), message, ct), ct);

    private static Task<Ok<Standing>> StepAsync(
        Guid id, HttpContext http, PeeringReceiver receiver, FederationMetrics metrics, CancellationToken ct) =>
        TakeAsync(http, receiver, metrics, message => receiver.TakeAsync(http.Caller(), id, message, ct), ct, id);

    // What contradicts an earlier step is kept, with the signature of who said it.
    private static async Task<Ok<Standing>> TakeAsync(
        HttpContext http, PeeringReceiver receiver, FederationMetrics metrics,
        Func<StepMessage, Task<PeeringRecord>> take, CancellationToken ct, Guid? id = null)
    {
        var (message, body) = await ReadAsync(http, ct);
        try
        {
            return await AnswerAsync(() => take(message));
        }
        catch (RefusalException e) when (e.Type == ProblemTypes.TooManySteps || e.Type == ProblemTypes.StepChanged)
        {
            metrics.Refused(http.Caller().Did, e.Type.Code);
            if (e.Type == ProblemTypes.StepChanged)
            {
                var peering = id ?? message.Step.Terms!.Terms.PeeringId;
                await receiver.KeepChangedAsync(http.Caller(), peering, ChangedStep.Of(message, body, http.Request), ct);
            }

            throw;
        }
    }

    private static async Task<Ok<Standing>> ShowAsync(
        Guid id, HttpContext http, PeeringReceiver receiver, CancellationToken ct) =>
        await AnswerAsync(() => receiver.FindAsync(http.Caller(), id, ct));

    private static async Task<Ok<Standing>> AnswerAsync(Func<Task<PeeringRecord>> take)
    {
        try
        {
            var record = await take();
            return TypedResults.Ok(new Standing(
                record.Id, PeeringNames.Of(record.Standing.State), record.Standing.CurrentHash, record.TheirSteps, record.OurSteps));
        }
        catch (PeeringException e)
        {
            throw PeerProblems.Of(e);
        }
    }

    private static async Task<(StepMessage Message, byte[] Body)> ReadAsync(HttpContext http, CancellationToken ct)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, ct);
        try
        {
            return CanonicalJson.Parse(body.GetBuffer().AsSpan(0, (int)body.Length)) is JsonObject json
                ? (StepMessage.Parse(json), body.ToArray())
                : throw ProblemTypes.MalformedJson.With("It is no object.");
        }
        catch (CanonicalJsonException e)
        {
            throw ProblemTypes.MalformedJson.With(e.Message);
        }
        catch (PeeringException e)
        {
            throw PeerProblems.Of(e);
        }
    }

    private static string[] Names(PeeringGrant grant) => [.. grant.Scopes.Select(PeeringScopes.Name)];
}
