using System.Text.Json;
using Coop.Federation.Peering;
using Coop.Node.Federation;
using Coop.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Coop.Node.Tests.Federation;

/// <summary>What a node knows of its peerings, for the tests that disturb them.</summary>
internal static class PeeringLook
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<Peering> PeeringOf(ExchangeNode node, ExchangeNode peer) =>
        await node.Node.Services.GetRequiredService<Peerings>().FindAsync(peer.Did, Ct)
            ?? throw new InvalidOperationException("They are no peers.");

    public static async Task<int> CountAsync(ExchangeNode node, string type)
    {
        var page = JsonElement.Parse(await node.Admin.Client.GetStringAsync("/api/log/events?limit=200", Ct));
        return page.GetProperty("items").EnumerateArray().Count(e => e.GetProperty("type").GetString() == type);
    }
}
