using System.Text.Json;

namespace Coop.Node.Demo;

/// <summary>
/// Makes every two co-ops of the demo peers of each other: one administrator proposes, the other compares the
/// fingerprint, and accepts.
/// </summary>
internal sealed class DemoPeering(IReadOnlyList<DemoCoop> coops, TimeProvider time)
{
    private const string Active = "active";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // All scopes, and credit of up to 1,000 euros.
    private static readonly object Everything = new
    {
        scopes = new[] { "replicate", "witness", "claims", "visiting-members", "trade" },
        trade = new[] { new { unit = "EUR", maxCreditMinor = 100_000 } },
    };

    public async Task RunAsync(CancellationToken ct)
    {
        foreach (var (index, coop) in coops.Index())
        {
            foreach (var peer in coops.Skip(index + 1))
            {
                await PeerAsync(coop, peer, ct);
            }
        }
    }

    private async Task PeerAsync(DemoCoop coop, DemoCoop peer, CancellationToken ct)
    {
        var proposed = await coop.Admin.PostAsync(
            "/api/peers", new { peer = peer.Address.ToString(), ours = Everything, theirs = Everything });
        var id = proposed.GetProperty("id").GetGuid();
        var received = await UntilAsync(peer, id, p => p.GetProperty("awaitsUs").GetBoolean(), ct);
        if (received.GetProperty("fingerprint").GetString() != proposed.GetProperty("fingerprint").GetString())
        {
            throw new DemoException($"{coop.Cast.Name} and {peer.Cast.Name} see different fingerprints.");
        }

        var termsHash = received.GetProperty("onTable").GetProperty("termsHash").GetString();
        await peer.Admin.PostAsync($"/api/peers/{id}/accept", new { termsHash });
        await UntilAsync(coop, id, IsActive, ct);
        await UntilAsync(peer, id, IsActive, ct);
    }

    private static bool IsActive(JsonElement peering) => peering.GetProperty("state").GetString() == Active;

    private async Task<JsonElement> UntilAsync(DemoCoop coop, Guid id, Func<JsonElement, bool> isThere, CancellationToken ct)
    {
        var until = time.GetUtcNow() + Patience;
        while (time.GetUtcNow() < until)
        {
            var all = (await coop.Admin.GetAsync("/api/peers")).GetProperty("items").EnumerateArray();
            if (all.FirstOrDefault(p => p.GetProperty("id").GetGuid() == id) is { ValueKind: JsonValueKind.Object } peering && isThere(peering))
            {
                return peering;
            }

            await Task.Delay(Pause, time, ct);
        }

        throw new DemoException($"A peering makes no progress at {coop.Cast.Name}.");
    }
}
