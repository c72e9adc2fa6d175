using System.Text.Json.Nodes;
using Coop.Federation.Peering;
using Coop.Federation.Replication;
using Coop.Node.Database;
using Coop.Node.Federation;
using Coop.Node.Federation.Replication;
using Coop.Node.Http;

namespace Coop.Node.Features.Peers;

/// <summary>Shows one peering: its terms as they were signed, and its steps.</summary>
public static class ShowPeer
{
    /// <param name="Side">Who took it.</param>
    /// <param name="Number">From 1, for each side apart.</param>
    /// <param name="StepTaken">Which.</param>
    /// <param name="TermsHash">The terms that it is about.</param>
    /// <param name="Reason">What its people said about it.</param>
    /// <param name="Actor">Who of this co-op did it, or <c>node</c>; <c>operator</c> at the node's command line.</param>
    /// <param name="At">When it was taken here, or arrived.</param>
    /// <param name="EventId">Its event in this co-op's log.</param>
    /// <param name="DeliveredAt">When the peer had it; null for the peer's own, and before.</param>
    public sealed record Step(
        PeeringSide Side, long Number, PeeringStep StepTaken, string? TermsHash, string? Reason, string Actor, DateTimeOffset At,
        Guid EventId, DateTimeOffset? DeliveredAt);

    /// <param name="Id">Its name under /federation/evidence.</param>
    /// <param name="FoundAt">When it was found here, or got here.</param>
    /// <param name="Source">Who found it: <c>own</c>, or the DID of the peer that brought it.</param>
    /// <param name="EventId">The event <c>equivocation.found</c>.</param>
    /// <param name="Choice">What people decided when they resumed the peering; null where they have not.</param>
    public sealed record Proof(string Id, DateTimeOffset FoundAt, string Source, Guid EventId, HistoryChoice? Choice);

    /// <param name="Peering">Where it stands.</param>
    /// <param name="Terms">The document with its proofs: the one in force, or else the one that is proposed.</param>
    /// <param name="Steps">The latest first, at most 1,000.</param>
    /// <param name="Proofs">That the peer's log signed two histories; the latest first, at most 100.</param>
    public sealed record Response(
        PeeringView Peering, JsonObject Terms, IReadOnlyList<Step> Steps, IReadOnlyList<Proof> Proofs);

    private const int MaxProofs = 100;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/peers/{id:guid}", HandleAsync)
            .RequireReader(Roles.Member)
            .WithSummary("Show a peering with its terms and steps");

    private static async Task<Response> HandleAsync(Guid id, Transactions transactions, CancellationToken ct)
    {
        var (record, steps) = await transactions.ReadAsync(
            async (c, t) => (await PeeringStore.FindAsync(c, id, t), await StepStore.ListAsync(c, id, t)), ct);
        if (record is null)
        {
            throw ProblemTypes.NotFound.With("There is no such peering.");
        }

        var proofs = await transactions.ReadAsync(
            (c, t) => EvidenceTable.ListOfAsync(c, record.Peer.LogOrigin, MaxProofs, t), ct);
        return new(PeeringView.Of(record), record.Terms.ToJson(), steps.ConvertAll(Of), proofs.ConvertAll(Of));
    }

    private static Proof Of((StoredEvidence Stored, HistoryChoice? Choice) proof) => new(
        proof.Stored.Id, proof.Stored.FoundAt, proof.Stored.Source, proof.Stored.EventId, proof.Choice);

    private static Step Of(StepRow row) => new(
        row.Side, row.Number, row.Step, row.TermsHash, row.Reason, row.Actor, row.At, row.EventId, row.DeliveredAt);
}
