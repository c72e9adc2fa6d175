using Coop.Identity.Dids;
using Coop.Node.Federation;
using Coop.Node.Http;

namespace Coop.Node.Features.Peers;

/// <summary>Co-ops from which this one takes no proposals.</summary>
public static class BlockPeer
{
    /// <param name="Did">Whose.</param>
    /// <param name="BlockedAt">Since when.</param>
    /// <param name="EventId">The event <c>peer.blocked</c>.</param>
    public sealed record Item(string Did, DateTimeOffset BlockedAt, Guid EventId);

    /// <param name="Items">The latest first, at most 1,000.</param>
    public sealed record ListResponse(IReadOnlyList<Item> Items);

    /// <param name="Did">A did:webvh.</param>
    public sealed record Request(string Did);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/peer-blocks", ListAsync)
            .RequireReader(Roles.Admin)
            .WithSummary("List the co-ops from which no proposals are taken");
        api.MapPost("/peer-blocks", AddAsync)
            .RequireRole(Roles.Admin)
            .WithSummary("Take no proposals from a co-op");
        api.MapDelete("/peer-blocks", RemoveAsync)
            .RequireRole(Roles.Admin)
            .WithSummary("Take proposals from a co-op again");
    }

    private static async Task<ListResponse> ListAsync(PeerBlocks blocks, CancellationToken ct) =>
        new([.. (await blocks.ListAsync(ct)).Select(Of)]);

    private static async Task<Item> AddAsync(Request request, CurrentMember me, PeerBlocks blocks, CancellationToken ct) =>
        Of(await blocks.AddAsync(Did(request.Did), me.Actor, ct));

    private static async Task<Microsoft.AspNetCore.Http.HttpResults.NoContent> RemoveAsync(
        string did, CurrentMember me, PeerBlocks blocks, CancellationToken ct)
    {
        await blocks.RemoveAsync(Did(did), me.Actor, ct);
        return TypedResults.NoContent();
    }

    private static Item Of(BlockStore.Row row) => new(row.Did, row.BlockedAt, row.EventId);

    private static string Did(string text)
    {
        var did = Fields.Text(text, "did", 1, PreviewPeer.MaxPeerLength);
        return DidUrl.TryParse(did, out var url) && url.Did == did && url.Method == "webvh"
            ? did
            : throw Fields.Invalid("did", "must be a did:webvh, without path and fragment.");
    }
}
