using Coop.Federation.Audit;
using Coop.Federation.Log;
using Coop.Federation.Replication;

namespace Coop.Federation.Tests.Simulation;

/// <summary>Follows one peer's log, and reads what it says there that it saw of others.</summary>
internal sealed class Following(World world, SimProgram program, EvidenceDesk desk, SimNode peer) : ILogSource
{
    private readonly HashSet<string> _others = [.. world.Nodes.Where(n => n != peer).Select(n => LogSubject.Of(n.Origin))];

    public async Task RunAsync()
    {
        while (true)
        {
            await program.Process.PauseAsync(world.Chance.Between(2, 20));
            try
            {
                await TurnAsync();
            }
            catch (AuditImpossibleException)
            {
                // The peer does not answer; the next turn goes on from there.
            }
        }
    }

    public Task<byte[]?> FetchAsync(string path, int maxSizeBytes, CancellationToken ct) =>
        world.Network.CallAsync(program, peer, p => p.FileAsync(program.Node, path));

    private async Task TurnAsync()
    {
        if (program.IsFrozen(peer.Origin))
        {
            return;
        }

        var options = new FollowOptions { BundlesAhead = 2, BundlesPerStep = 1 };
        var result = await new LogFollower(this, peer.LogKey, program.Mirrors, options, _others).FollowAsync(CancellationToken.None);
        world.Watch.Followed(program.Node, peer, result);
        if (result.Evidence is { } evidence)
        {
            await desk.ReceiveAsync(evidence, evidence.Encode());
            return;
        }

        if (await program.Seen.ReviewAsync(peer.LogKey, CancellationToken.None) is var (note, proof))
        {
            await desk.ReceiveAsync(proof, proof.Encode());
            await program.Seen.SettleAsync(peer.LogKey, note, CancellationToken.None);
        }

        if (!world.Is(Mutant.IgnoresOthers))
        {
            await ReadSeenAsync();
        }
    }

    private async Task ReadSeenAsync()
    {
        foreach (var (key, seen) in program.Disk.Seen.Where(s => s.Key.Origin == peer.Origin).ToList())
        {
            if (program.Disk.SeenRead.GetValueOrDefault(key, -1) >= seen.Seq)
            {
                continue;
            }

            // A log that is another by now has no such payload.
            if (await world.Network.CallAsync(program, peer, p => p.PayloadAsync(program.Node, seen.EventId)) is { } served
                && CheckpointSeen.Read(served, seen.PayloadHash.Span) is { } note)
            {
                await desk.ReportAsync(note);
            }

            await program.Process.StepAsync(() => program.Disk.SeenRead[key] = seen.Seq);
        }
    }
}
