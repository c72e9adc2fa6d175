using Coop.Federation.Peering;
using Coop.Federation.Replication;
using Coop.Node.Database;
using Coop.Node.Federation;
using Coop.Node.Federation.Replication;
using Coop.Node.Http;

namespace Coop.Node.Features.Mirrors;

/// <summary>GET /api/mirrors: how far this node's copies of its peers' logs go, for people.</summary>
public static class ListMirrors
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/mirrors", HandleAsync)
            .WithName("ListPeerMirrors")
            .WithSummary("List how far the copies of peers' logs go, and how the last visits went")
            .RequireReader(Roles.Member);

    /// <summary>The copies of the logs of all peers.</summary>
    /// <param name="Items">In the order of the peers.</param>
    public sealed record Response(IReadOnlyList<Item> Items);

    /// <summary>The copy of one peer's log.</summary>
    /// <param name="Id">Its name under /federation/mirrors.</param>
    /// <param name="PeeringId">The peering.</param>
    /// <param name="Did">The peer.</param>
    /// <param name="Name">What it is called.</param>
    /// <param name="Origin">Its log.</param>
    /// <param name="IsFollowed">Whether it is being followed: the peering is active, and the peer grants it.</param>
    /// <param name="Size">Entries stored, each verified.</param>
    /// <param name="Behind">Entries that the peer has signed and that are not stored yet.</param>
    /// <param name="LastAnswer">When it last showed a checkpoint that fits; null when it never did.</param>
    /// <param name="Fault">What was last refused, e.g. <c>entry-changed</c>; null where nothing ever was.</param>
    /// <param name="FaultDetail">A sentence about it.</param>
    /// <param name="FaultAt">When; earlier than <paramref name="LastAnswer"/> where it is over.</param>
    public sealed record Item(
        string Id,
        Guid PeeringId,
        string Did,
        string Name,
        string Origin,
        bool IsFollowed,
        long Size,
        long Behind,
        DateTimeOffset? LastAnswer,
        string? Fault,
        string? FaultDetail,
        DateTimeOffset? FaultAt);

    private static async Task<Response> HandleAsync(
        Peerings peerings, MirrorFiles files, Transactions transactions, CancellationToken ct)
    {
        var states = (await files.ListAsync(ct)).ToDictionary(m => m.Origin, m => m.State, StringComparer.Ordinal);
        var visits = (await transactions.ReadAsync(MirrorVisitTable.ListAsync, ct))
            .ToDictionary(v => v.Origin, StringComparer.Ordinal);
        return new Response(
        [
            .. (await peerings.ListAsync(ct))
                .Where(p => p.State is not (PeeringState.Proposed or PeeringState.Accepted))
                .OrderBy(p => p.Peer.Name, StringComparer.Ordinal)
                .Select(p => Of(
                    p,
                    states.GetValueOrDefault(p.Peer.LogOrigin, MirrorState.Empty),
                    visits.GetValueOrDefault(p.Peer.LogOrigin))),
        ]);
    }

    private static Item Of(Peering peering, MirrorState state, MirrorVisit? visit) => new(
        MirrorKey.IdOf(peering.Peer.LogOrigin, state.History),
        peering.Id,
        peering.Peer.Did,
        peering.Peer.Name,
        peering.Peer.LogOrigin,
        peering.IsGranted(PeeringScope.Replicate),
        state.Size,
        state.AcceptedSize - state.Size,
        visit?.AnsweredAt,
        visit?.Fault,
        visit?.FaultDetail,
        visit?.FaultAt);
}
