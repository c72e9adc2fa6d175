using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Trade;

/// <summary>POST /api/trade/thawing: lets new transfers begin again after a peer broke its word.</summary>
public static class ThawTrade
{
    /// <param name="Peer">The DID of the other co-op.</param>
    public sealed record Request(string Peer);

    public static void Map(IEndpointRouteBuilder trade) =>
        trade.MapPost("/thawing", HandleAsync)
            .RequireRole(Roles.Admin)
            .WithSummary("Let transfers with a co-op begin again after trade with it was frozen")
            .Produces(StatusCodes.Status204NoContent);

    private static async Task<IResult> HandleAsync(Request request, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        const int maxDidLength = 500;
        var did = Fields.Text(request.Peer, "peer", 1, maxDidLength);
        await transactions.WriteAsync(
            async (scope, c) =>
            {
                if ((await TradeTable.FindAsync(scope.Connection, did, c)).Frozen is null)
                {
                    throw ProblemTypes.NotFound.With("Trade with that co-op is not frozen.");
                }

                scope.Append(TradeEvents.Thawed(did, me.Actor));
                await TradeTable.FreezeAsync(scope.Connection, did, null, c);
                return true;
            },
            ct);
        return Results.NoContent();
    }
}
