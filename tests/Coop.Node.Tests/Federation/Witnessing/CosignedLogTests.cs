using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Notes;
using Coop.Federation.Witnessing;
using Coop.Identity.Keys;
using Coop.Node.Federation.Witnessing;
using Coop.Node.Log;
using Coop.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using static Coop.Node.Tests.Log.TestLog;

namespace Coop.Node.Tests.Federation.Witnessing;

/// <summary>A node's log and the witnesses that stand beside it.</summary>
public sealed class CosignedLogTests : IAsyncLifetime
{
    private const string AllowLocal = "--COOP_ALLOW_LOCAL_FETCHES=true";

    private readonly FakePeers _ofLog = new();
    private readonly FakePeers _ofWitness = new();
    private TestNode _witness = null!;

    public async ValueTask InitializeAsync() => _witness = await StartAsync(
        arguments: ["--COOP_PUBLIC_URL=http://witness.example"], configure: b => _ofWitness.AddTo(b.Services));

    public ValueTask DisposeAsync() => _witness.DisposeAsync();

    [Fact]
    public async Task TheCheckpoint_AndReceipts_CarryTheCosignature_AndStillVerify()
    {
        await using var node = await StartLogAsync();
        var ids = await AppendAsync(node, 300);
        await WaitForSizeAsync(node, 300);
        var policy = WitnessPolicy.Parse(await GetAsync(node, "policy"));
        Assert.Equal((1, 1), (policy.LeastCosignatures, policy.Witnesses.Count));
        await EventuallyAsync(async () => policy.IsMet(SignedNote.Parse(await GetAsync(node, "checkpoint"))));

        await VerifyAsync(node);
        var witnessed = SignedNote.Parse(await GetAsync(node, "checkpoint/witnessed"));
        Assert.True(policy.IsMet(witnessed));
        Assert.Equal(300, Checkpoint.Parse(witnessed.Text).Size);
        var receipt = TlogProof.Parse(await GetAsync(node, $"events/{ids[7]}/receipt"));
        Assert.Equal(1, policy.CountOf(receipt.Checkpoint));
        var description = JsonNode.Parse(await node.Client.GetStringAsync(new Uri("/.well-known/coop-node", UriKind.Relative), Ct))!;
        Assert.Equal([policy.Witnesses[0].Key.ToString()], description["log"]!["witness_vkeys"]!.AsArray().Select(k => k!.GetValue<string>()));
        Assert.Equal("/witness", description["federation"]!["witness"]!["prefix"]!.GetValue<string>());
    }

    [Fact]
    public async Task TheLogGoesOn_WhenNoWitnessAnswers_AndIsCosignedOnceOneDoes()
    {
        var dead = new PolicyWitness("dead", VkeyOf("dead.example/witness"), "http://127.0.0.1:9/witness");
        _ofLog.Witnesses.Add(dead);
        await using var node = await StartLogAsync();
        await AppendAsync(node, 3);
        await WaitForSizeAsync(node, 3);

        // Two witnesses, of whom more than half must cosign: the one that answers is not enough.
        var witness = _ofLog.Witnesses[1];
        await EventuallyAsync(async () =>
            Cosignature.Time(SignedNote.Parse(await GetAsync(node, "checkpoint")), witness.Key) is not null);
        using var none = await node.Client.GetAsync(new Uri("/log/checkpoint/witnessed", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);

        _ofLog.Witnesses.Remove(dead);
        await AppendAsync(node, 2);
        await EventuallyAsync(async () => await WitnessedSizeAsync(node) == 5);
    }

    [Fact]
    public async Task AWitnessThatDoesNotEnd_KeepsNobodyFromCosigningWhatIsNewer()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        _ofLog.Witnesses.Add(new PolicyWitness("silent", VkeyOf("silent.example/witness"), $"http://{silent.LocalEndpoint}/witness"));
        await using var node = await StartLogAsync();
        var witness = _ofLog.Witnesses[1];
        for (var size = 1; size <= 3; size++)
        {
            await AppendAsync(node);
            await EventuallyAsync(async () =>
                SignedNote.Parse(await GetAsync(node, "checkpoint")) is var note
                && Checkpoint.Parse(note.Text).Size >= size && Cosignature.Time(note, witness.Key) is not null);
        }
    }

    [Fact]
    public async Task TheOperatorsOwnPolicy_IsServed_AndAnUnusableOneKeepsTheNodeFromStarting()
    {
        var file = Path.GetTempFileName();
        try
        {
            var witness = new PolicyWitness("w", VkeyOf("w.example/witness"), null);
            var text = $"# ours\nwitness w {witness.Key}\nquorum w\n";
            await File.WriteAllTextAsync(file, text, Ct);
            await using (var node = await StartAsync(arguments: [$"--COOP_WITNESS_POLICY={file}"]))
            {
                Assert.Equal(1, WitnessPolicy.Parse(await GetAsync(node, "policy")).LeastCosignatures);
            }

            foreach (var unusable in new[] { text + "quorum none\n", $"log {VkeyOf("other.example/log", NoteKey.Ed25519Type)}\n" + text })
            {
                await File.WriteAllTextAsync(file, unusable, Ct);
                await Assert.ThrowsAnyAsync<FormatException>(() => StartAsync(arguments: [$"--COOP_WITNESS_POLICY={file}"]));
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task ALaterCheckpoint_ThatAWitnessShows_StopsTheLog()
    {
        await using var node = await StartLogAsync();
        await AppendAsync(node, 3);
        await EventuallyAsync(async () => await WitnessedSizeAsync(node) == 3);

        // The witness has cosigned more than the log holds, as after a restore of log and guard together.
        var log = node.Services.GetRequiredService<NodeLog>();
        using var key = KeyFiles.Log(Path.Combine(node.DataFolder.FullName, "keys"));
        await SubmitAsync(new Checkpoint(log.Origin, 9, new byte[TreeHash.SizeBytes]).Sign(key), node);
        await AppendAsync(node);
        await WaitForRoleAsync(node, SequencerStatus.Role.Halted);
        Assert.Contains("witness.example/witness", node.Services.GetRequiredService<SequencerStatus>().Now.Reason, StringComparison.Ordinal);
        Assert.True((await CheckpointAsync(node)).Size < 9);
    }

    [Fact]
    public async Task Members_SeeWhoCosigned()
    {
        await using var node = await StartLogAsync((arguments, configure) => TestNode.StartAsync(configure, arguments: arguments));
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        JsonNode? view = null;
        await EventuallyAsync(async () =>
        {
            view = JsonNode.Parse(await admin.Client.GetStringAsync(new Uri("/api/log/checkpoint", UriKind.Relative), Ct));
            return view!["newest"]!["hasQuorum"]!.GetValue<bool>();
        });
        Assert.Equal("witness.example/witness", view!["newest"]!["cosignatures"]![0]!["witness"]!.GetValue<string>());
        Assert.Equal(1, view["leastCosignatures"]!.GetValue<int>());
        Assert.True(view["witnessed"]!["hasQuorum"]!.GetValue<bool>());
    }

    // Where the witness is, it has cosigned size 3; the tree of 9 leaves is none, but its first request proves nothing.
    private async Task SubmitAsync(SignedNote note, TestNode node)
    {
        var store = _witness.Services.GetRequiredService<IWitnessStore>();
        var origin = node.Services.GetRequiredService<NodeLog>().Origin;
        var checkpoint = Checkpoint.Parse(note.Text);
        var latest = await store.FindLatestAsync(origin, Ct);
        Assert.True(await store.TryAdvanceAsync(origin, latest, new(checkpoint.Size, checkpoint.Root.ToArray()), note, Ct));
    }

    private Task<TestNode> StartLogAsync() =>
        StartLogAsync((arguments, configure) => StartAsync(arguments: arguments, configure: configure));

    private async Task<TestNode> StartLogAsync(
        Func<IReadOnlyList<string>, Action<WebApplicationBuilder>, Task<TestNode>> start)
    {
        var witnessKey = _witness.Services.GetRequiredService<NodeWitness>().Vkey;
        _ofLog.Witnesses.Add(new PolicyWitness(witnessKey.Name, witnessKey, $"{_witness.Address.AbsoluteUri}witness"));
        var node = await start([AllowLocal], b => _ofLog.AddTo(b.Services));
        _ofWitness.Logs.Add(node.Services.GetRequiredService<NodeLog>().Vkey);
        return node;
    }

    private static async Task<long> WitnessedSizeAsync(TestNode node)
    {
        using var response = await node.Client.GetAsync(new Uri("/log/checkpoint/witnessed", UriKind.Relative), Ct);
        return response.IsSuccessStatusCode
            ? Checkpoint.Parse(SignedNote.Parse(await response.Content.ReadAsByteArrayAsync(Ct)).Text).Size
            : -1;
    }

    private static NoteKey VkeyOf(string name, byte type = NoteKey.CosignatureType)
    {
        using var key = Ed25519Key.Generate();
        return NoteKey.Create(name, type, key.PublicKey.Span);
    }
}
