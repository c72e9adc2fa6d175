using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Dids;

/// <summary>
/// Ends a DID's standing for the signed-in member: a lost device, a wallet that is used no more. No proof
/// is asked for, since who lost a key has none.
/// </summary>
public static class UnlinkDid
{
    /// <param name="EventId">The event <c>member.did-unlinked</c>.</param>
    public sealed record Response(Guid EventId);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/me/dids/{id:guid}", HandleAsync)
            .RequireRole(Roles.Member)
            .WithSummary("Unlink a DID from the signed-in member");

    private static Task<Response> HandleAsync(
        Guid id, CurrentMember me, Transactions transactions, IEnumerable<IMemberDidFollower> followers,
        CancellationToken ct) =>
        transactions.WriteAsync(
            async (scope, c) =>
            {
                var linked = await MemberDidStore.ListLinkedAsync(scope.Connection, me.Id, c);
                var mine = linked.Find(d => d.Id == id) ?? throw NotMine();
                return new Response(await RunAsync(scope, me, mine, replacement: null, followers, c));
            },
            ct);

    public static RefusalException NotMine() => ProblemTypes.NotFound.With("No such DID is linked to you.");

    /// <summary>Unlinks within a write: the row, the event, and what follows from it.</summary>
    internal static async Task<Guid> RunAsync(
        WriteScope scope, CurrentMember me, MemberDid did, MemberDid? replacement,
        IEnumerable<IMemberDidFollower> followers, CancellationToken ct)
    {
        if (!await MemberDidStore.UnlinkAsync(scope.Transaction, did.Id, scope.Now, replacement?.Id, ct))
        {
            throw NotMine();
        }

        var eventId = scope.Append(DidEvents.Unlinked(did, me.Actor, replacement));
        foreach (var follower in followers)
        {
            await follower.UnlinkedAsync(scope, did, replacement, ct);
        }

        return eventId;
    }
}
