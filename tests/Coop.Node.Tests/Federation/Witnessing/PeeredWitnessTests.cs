using System.Text.Json.Nodes;
using Coop.Federation.Log;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Notes;
using Coop.Federation.Peering;
using Coop.Federation.Witnessing;
using Coop.Identity.Keys;
using Coop.Identity.Net;
using Coop.Node.Federation;
using Coop.Node.Federation.Witnessing;
using Coop.Node.Log;
using Coop.Testing;
using Microsoft.Extensions.DependencyInjection;
using static Coop.Node.Tests.Log.TestLog;

namespace Coop.Node.Tests.Federation.Witnessing;

/// <summary>Real peers, by the terms that they signed.</summary>
public sealed class PeeredWitnessTests : IAsyncLifetime
{
    private PeeredNodes _nodes = null!;

    public async ValueTask InitializeAsync() => _nodes = await PeeredNodes.StartAsync(2);

    public ValueTask DisposeAsync() => _nodes.DisposeAsync();

    [Fact]
    public async Task PeersCosignEachOther_TellWhatTheySaw_AndStopWhenTheyAreShownMore()
    {
        foreach (var (mine, theirs) in new[] { (_nodes[0], _nodes[1]), (_nodes[1], _nodes[0]) })
        {
            var policy = WitnessPolicy.Parse(await GetAsync(mine.Node, "policy"));
            var vkey = theirs.Node.Services.GetRequiredService<NodeWitness>().Vkey;
            Assert.Equal([vkey], policy.Witnesses.Select(w => w.Key));
            await EventuallyAsync(async () => policy.IsMet(SignedNote.Parse(await GetAsync(mine.Node, "checkpoint"))));
        }

        var (ours, peer) = (_nodes[0].Node, _nodes[1].Node);
        var seen = await SeenAsync();
        var note = SignedNote.Parse(System.Text.Encoding.UTF8.GetBytes(seen["note"]!.GetValue<string>()));
        Assert.Equal(SeenVerdict.Contained, await ours.Services.GetRequiredService<NodeLog>().CompareAsync(note, "the peer", Ct));
        Assert.Equal(Checkpoint.Parse(note.Text).Size, seen["size"]!.GetValue<long>());

        // The peer has cosigned more than the log holds, as after a restore of everything.
        var log = ours.Services.GetRequiredService<NodeLog>();
        using var key = KeyFiles.Log(Path.Combine(ours.DataFolder.FullName, "keys"));
        var later = new Checkpoint(log.Origin, 1_000_000, new byte[TreeHash.SizeBytes]).Sign(key);
        var store = peer.Services.GetRequiredService<IWitnessStore>();
        await EventuallyAsync(async () => await store.TryAdvanceAsync(
            log.Origin, await store.FindLatestAsync(log.Origin, Ct), new(1_000_000, new byte[TreeHash.SizeBytes]), later, Ct));
        Assert.Equal(1_000_000, (await SeenAsync())["size"]!.GetValue<long>());
        await AppendAsync(ours);
        await WaitForRoleAsync(ours, SequencerStatus.Role.Halted);
    }

    private async Task<JsonNode> SeenAsync()
    {
        var services = _nodes[0].Node.Services;
        var peering = await services.GetRequiredService<Peerings>().FindAsync(_nodes[1].Did, Ct);
        Assert.True(peering!.IsGranted(PeeringScope.Witness));
        var answer = await services.GetRequiredService<PeerClient>().GetAsync(peering, "/federation/seen", OutboundLimits.Default, Ct);
        return JsonNode.Parse(answer.Body.Span)!;
    }
}
