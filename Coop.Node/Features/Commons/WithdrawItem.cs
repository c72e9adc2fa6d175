using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Commons;

/// <summary>DELETE /api/commons/{id}: ends the sharing; what was fetched stays until the event is erased.</summary>
public static class WithdrawItem
{
    /// <param name="EventId">The event <c>dataset.withdrawn</c>.</param>
    public sealed record Response(Guid EventId);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/commons/{id:guid}", HandleAsync)
            .RequireRole(Roles.Admin)
            .WithSummary("End the sharing of an event or a document");

    private static async Task<Response> HandleAsync(
        Guid id, CurrentMember me, Transactions transactions, CancellationToken ct) =>
        new(await transactions.WriteAsync((scope, c) => CommonsSharing.WithdrawAsync(scope, id, me.Actor, c), ct));
}
