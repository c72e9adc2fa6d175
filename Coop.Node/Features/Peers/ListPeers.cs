using Coop.Node.Database;
using Coop.Node.Federation;
using Coop.Node.Http;

namespace Coop.Node.Features.Peers;

/// <summary>Lists the peerings, those that have ended last.</summary>
public static class ListPeers
{
    /// <param name="Items">At most 500.</param>
    public sealed record Response(IReadOnlyList<PeeringView> Items);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/peers", HandleAsync)
            .RequireReader(Roles.Member)
            .WithSummary("List the co-op's peerings, those that have ended last");

    private static async Task<Response> HandleAsync(Transactions transactions, CancellationToken ct) =>
        new((await transactions.ReadAsync(PeeringStore.ListAllAsync, ct)).ConvertAll(PeeringView.Of));
}
