using Coop.Federation.Peering;
using Coop.Node.Database;
using Coop.Node.Federation;

namespace Coop.Node.Features.Commons;

/// <summary>GET /federation/commons: what is shared with the peer that asks.</summary>
internal static class GiveCommons
{
    /// <param name="Items">Newest first; at most 500.</param>
    public sealed record Response(IReadOnlyList<SharedItem> Items);

    public static void Map(IEndpointRouteBuilder federation) =>
        federation.MapGet("/commons", HandleAsync)
            .RequirePeer(PeeringScope.Claims)
            .WithName("GiveCommons")
            .WithSummary("List what is shared with the peer that asks, newest first");

    private static async Task<Response> HandleAsync(HttpContext http, Transactions transactions, CancellationToken ct)
    {
        var did = http.Peer().Peer.Did;
        var items = await transactions.ReadAsync(CommonsItemStore.ListStandingAsync, ct);
        return new([.. items.Where(i => i.IsFor(did)).Select(Of)]);
    }

    private static SharedItem Of(CommonsItem item) => new(
        item.EventId, item.Kind == CommonsKind.Dataset ? "dataset" : "event", item.Title, item.MediaType, item.SizeBytes,
        Convert.ToHexStringLower(item.Hash), item.SharedAt);
}
