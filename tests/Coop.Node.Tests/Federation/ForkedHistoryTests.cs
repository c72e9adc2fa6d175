using System.Diagnostics.Metrics;
using System.Text.Json;
using Coop.Identity.Keys;
using Coop.Identity.Net;
using Coop.Node.Database;
using Coop.Node.Federation;
using Coop.Node.Federation.Wire;
using Coop.Node.Hosting;
using Coop.Node.Http;
using Coop.Node.Identity;
using Coop.Node.Tests.Log;
using Coop.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Coop.Node.Tests.Federation;

/// <summary>
/// A peer whose DID history is rewritten behind the first entry, which the DID itself fixes: every entry is signed
/// as it has to be, only the peers have seen another one.
/// </summary>
public sealed class ForkedHistoryTests
{
    private static readonly OutboundLimits Limits = new(64 * 1024, TimeSpan.FromSeconds(60)) { MaxRedirects = 0 };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task IsRefusedAndSaid_AndTheHonestContinuationIsTakenUp()
    {
        await using var nodes = await PeeredNodes.StartAsync(2);
        var (acorn, birch) = (nodes[0], nodes[1]);
        var first = KeysOf(birch);
        await RotateAsync(birch, 1);
        var honest = (Line: birch.Node.Services.GetRequiredService<NodeIdentity>().History.Split('\n')[1] + "\n", Keys: KeysOf(birch));
        await TestLog.EventuallyAsync(async () => await AskAsync(birch, acorn) is null);
        var pinned = await PinnedAsync(acorn, birch);
        Assert.StartsWith("2-", pinned.Version, StringComparison.Ordinal);
        var told = 0;
        using var listener = Listen(birch.Did, () => Interlocked.Increment(ref told));

        await ReplaceAsync(birch, line: null, first);
        await RotateAsync(birch, 2);
        // It holds by itself: only who has seen the other one can know.
        var forked = await acorn.Node.Services.GetRequiredService<PeerKeys>().FetchAsync(birch.Did, Ct);
        Assert.StartsWith("3-", forked.Version, StringComparison.Ordinal);
        Assert.False(forked.Continues(pinned));

        await TestLog.EventuallyAsync(async () =>
        {
            var refused = Assert.IsType<PeerException>(await AskAsync(birch, acorn));
            Assert.Equal(401, refused.Status);
            Assert.True(refused.Is(ProblemTypes.SignatureKeyUnknown));
            return Volatile.Read(ref told) > 0;
        });
        Assert.Equal(pinned.Text, (await PinnedAsync(acorn, birch)).Text);
        Assert.Contains("does not continue", await TroubleAsync(acorn, birch), StringComparison.Ordinal);

        await ReplaceAsync(birch, honest.Line, honest.Keys);
        await RotateAsync(birch, 2);
        await TestLog.EventuallyAsync(async () => await AskAsync(birch, acorn) is null);
        var taken = await PinnedAsync(acorn, birch);
        Assert.StartsWith("4-", taken.Version, StringComparison.Ordinal);
        Assert.True(taken.Continues(pinned));
    }

    /// <summary>Publishes so many generations of keys, and signs with the last.</summary>
    private static async Task RotateAsync(ExchangeNode node, int count)
    {
        var services = node.Node.Services;
        for (var i = 0; i < count; i++)
        {
            await NodeDidWriter.RotateAsync(services.GetRequiredService<Transactions>(), services.GetRequiredService<NodeOptions>(), Ct);
        }

        await services.GetRequiredService<NodeIdentity>().RefreshAsync(Ct);
    }

    /// <summary>Puts the history behind its first entry, and the keys, back to what they were.</summary>
    private static async Task ReplaceAsync(ExchangeNode node, string? line, IReadOnlyDictionary<string, byte[]> keys)
    {
        var folder = node.Node.Services.GetRequiredService<NodeOptions>().KeyFolder;
        foreach (var name in Directory.GetFiles(folder).Where(IsOfTheDid))
        {
            File.Delete(name);
        }

        foreach (var (name, bytes) in keys)
        {
            SecretFile.ReadOrCreate(name, () => bytes);
        }

        await node.Node.Services.GetRequiredService<Transactions>().MaintainAsync(
            async (transaction, ct) =>
            {
                await transaction.Connection!.Command("DELETE FROM node_did_versions WHERE version > 1").RunAsync(ct);
                if (line is not null)
                {
                    await NodeDidStore.InsertAsync(transaction, 2, line, TimeProvider.System.GetUtcNow(), ct);
                }

                return true;
            },
            Ct);
    }

    private static Dictionary<string, byte[]> KeysOf(ExchangeNode node) =>
        Directory.GetFiles(node.Node.Services.GetRequiredService<NodeOptions>().KeyFolder).Where(IsOfTheDid)
            .ToDictionary(name => name, File.ReadAllBytes);

    private static bool IsOfTheDid(string path) =>
        new[] { "did-update-", "assertion-", "credentials-" }.Any(p => Path.GetFileName(path).StartsWith(p, StringComparison.Ordinal));

    /// <summary>Asks where the peering stands, with the keys of now; how it was refused, or null.</summary>
    private static async Task<Exception?> AskAsync(ExchangeNode by, ExchangeNode other)
    {
        var services = by.Node.Services;
        var peering = await services.GetRequiredService<Peerings>().FindAsync(other.Did, Ct);
        return await Record.ExceptionAsync(() =>
            services.GetRequiredService<PeerClient>().GetAsync(peering!, PeeringWire.PathOf(peering!.Id), Limits, Ct));
    }

    private static async Task<PinnedHistory> PinnedAsync(ExchangeNode node, ExchangeNode peer) =>
        (await node.Node.Services.GetRequiredService<PeerKeys>().FindAsync(peer.Did, Ct))!;

    private static async Task<string> TroubleAsync(ExchangeNode node, ExchangeNode peer)
    {
        var id = (await node.Node.Services.GetRequiredService<Peerings>().FindAsync(peer.Did, Ct))!.Id;
        var shown = JsonElement.Parse(await node.Admin.Client.GetStringAsync($"/api/peers/{id}", Ct));
        return shown.GetProperty("peering").GetProperty("trouble").GetString() ?? "";
    }

    private static MeterListener Listen(string peer, Action told)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Meter.Name == FederationMetrics.MeterName)
                {
                    l.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            var values = tags.ToArray().Select(t => t.Value as string).ToList();
            if (values.Contains(peer) && values.Contains("history"))
            {
                told();
            }
        });
        listener.Start();
        return listener;
    }
}
