using System.Text.Json.Nodes;
using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Trade;

/// <summary>GET /api/trade/statements: what the two co-ops have signed about what they owe each other.</summary>
public static class ListStatements
{
    private const int MaxRows = 200;

    /// <param name="Peer">The DID of the other co-op.</param>
    /// <param name="IsOwn">Whether this co-op signed it.</param>
    /// <param name="Seq">Its number in its signer's chain.</param>
    /// <param name="Step">Statement, or countersign.</param>
    /// <param name="TakenAt">When it was signed or taken here.</param>
    /// <param name="Message">As it was signed.</param>
    public sealed record StatementView(string Peer, bool IsOwn, long Seq, string Step, DateTimeOffset TakenAt, JsonObject Message);

    public static void Map(IEndpointRouteBuilder trade) =>
        trade.MapGet("/statements", HandleAsync)
            .RequireReader(Roles.Admin, Roles.Treasurer)
            .WithSummary("List the newest signed statements with other co-ops, at most two hundred");

    private static async Task<IReadOnlyList<StatementView>> HandleAsync(Transactions transactions, CancellationToken ct) =>
        (await transactions.ReadAsync((c, t) => StatementTable.ListAsync(c, MaxRows, t), ct)).ConvertAll(
            r => new StatementView(r.PeerDid, r.IsOwn, r.Seq, r.Step, r.TakenAt, JsonNode.Parse(r.Json)!.AsObject()));
}
