using System.Text.Json.Nodes;
using Coop.Federation.Peering;
using Coop.Federation.Trade;
using Coop.Node.Database;
using Coop.Node.Federation;
using Coop.Node.Http;
using Coop.Node.Identity;

namespace Coop.Node.Features.Trade;

/// <summary>
/// GET /api/trade/netting-proposals: the rings that could be netted, by this co-op's books and by what its peers say that
/// they owe and are owed.
/// </summary>
public static class FindNettings
{
    private const int MaxProposals = 20;

    /// <param name="Rings">The largest amounts first, at most twenty.</param>
    /// <param name="Unheard">The names of co-ops that did not answer; rings over them may be missing.</param>
    public sealed record Response(IReadOnlyList<NettingProposal> Rings, IReadOnlyList<string> Unheard);

    public static void Map(IEndpointRouteBuilder trade) =>
        trade.MapGet("/netting-proposals", HandleAsync)
            .RequireReader(Roles.Admin, Roles.Treasurer)
            .WithSummary("Find rings of co-ops through this one whose debts could be netted");

    private static async Task<Response> HandleAsync(
        Transactions transactions, Peerings peerings, PeerClient client, NodeIdentity identity, CancellationToken ct)
    {
        var own = await DebtsOfAsync(transactions, identity.Did, ct);
        var traders = (await peerings.ListAsync(ct))
            .Where(p => p.Grants(PeeringScope.Trade) && p.IsGranted(PeeringScope.Trade)).ToList();
        var heard = await Task.WhenAll(traders.Select(async p => (p.Peer.Name, Debts: await TradeLink.DebtsAsync(client, p, ct))));

        // Of each debt one side's word is enough; a lie is found when the leg is refused.
        var debts = own.Concat(heard.SelectMany(h => h.Debts ?? []))
            .Where(d => d.AmountMinor > 0).DistinctBy(d => (d.Debtor, d.Creditor, d.Unit));
        return new(
            NettingSearch.Find(debts, identity.Did, MaxProposals), [.. heard.Where(h => h.Debts is null).Select(h => h.Name)]);
    }

    /// <summary>What this co-op owes and is owed, without what is under way.</summary>
    internal static async Task<IReadOnlyList<Debt>> DebtsOfAsync(Transactions transactions, string did, CancellationToken ct) =>
    [
        .. (await transactions.ReadAsync(PositionTable.ListAsync, ct)).Where(p => p.Position.MirrorMinor != 0).Select(p =>
            p.Position.MirrorMinor > 0
                ? new Debt(p.PeerDid, did, p.Position.Unit, p.Position.MirrorMinor)
                : new Debt(did, p.PeerDid, p.Position.Unit, checked(-p.Position.MirrorMinor))),
    ];

    internal static JsonObject ToJson(IEnumerable<Debt> debts) => new()
    {
        ["debts"] = new JsonArray([.. debts.Select(d => (JsonNode)new JsonObject
        {
            ["debtor"] = d.Debtor,
            ["creditor"] = d.Creditor,
            ["unit"] = d.Unit,
            ["amountMinor"] = d.AmountMinor.ToString(System.Globalization.CultureInfo.InvariantCulture),
        })]),
    };
}
