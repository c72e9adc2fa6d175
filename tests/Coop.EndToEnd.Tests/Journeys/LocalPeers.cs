using Coop.EndToEnd.Tests.Browser;
using Coop.Federation.Peering;
using Coop.Node.Federation;
using Microsoft.Extensions.DependencyInjection;

namespace Coop.EndToEnd.Tests.Journeys;

/// <summary>Two local nodes become peers, as their secretaries would make them.</summary>
internal static class LocalPeers
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    /// <param name="proposer">One of the two.</param>
    /// <param name="other">The other one.</param>
    /// <param name="trade">How much each may owe the other, by unit.</param>
    public static async Task PeerWithAsync(this LocalNode proposer, LocalNode other, params IReadOnlyList<TradeLimit> trade)
    {
        var grant = PeeringGrant.Of(PeeringScopes.All) with { Trade = trade };
        var proposed = await Desk(proposer).ProposeAsync(
            other.Url.GetLeftPart(UriPartial.Authority), grant, grant, fingerprint: null, "node", CancellationToken.None);
        await UntilAsync(other, PeeringState.Proposed);
        await Desk(other).AcceptAsync(proposed.Id, proposed.OnTable!.Terms.Hash, "node", CancellationToken.None);
        await UntilAsync(other, PeeringState.Active);
        await UntilAsync(proposer, PeeringState.Active);
    }

    private static PeeringDesk Desk(LocalNode node) => node.Services.GetRequiredService<PeeringDesk>();

    private static async Task UntilAsync(LocalNode node, PeeringState state)
    {
        while (!(await node.Services.GetRequiredService<Peerings>().ListAsync(CancellationToken.None)).Any(p => p.State == state))
        {
            await Task.Delay(Step);
        }
    }
}
