using Coop.Federation.Audit;
using Coop.Federation.Log.Notes;
using Coop.Federation.Replication;

namespace Coop.Federation.Tests.Simulation;

/// <summary>Where a node brings evidence, its own and what peers send; and from where it goes to the others.</summary>
internal sealed class EvidenceDesk(World world, SimProgram program)
{
    private readonly SimDisk _disk = program.Disk;
    private readonly Dictionary<(SimNode, string), DateTimeOffset> _told = [];

    /// <summary>A checkpoint that came from elsewhere, of whichever log.</summary>
    public async Task ReportAsync(SignedNote note)
    {
        var origin = Checkpoint.Parse(note.Text).Origin;
        if (origin != program.Node.Origin && world.Find(origin) is { } node
            && await program.Seen.ReportAsync(node.LogKey, note, CancellationToken.None) is { } evidence)
        {
            await ReceiveAsync(evidence, evidence.Encode());
        }
    }

    /// <summary>Reads evidence and stores what is new, with its event; null where it proves nothing.</summary>
    public async Task<EvidenceReception?> ReceiveAsync(EquivocationEvidence unread, byte[] bytes)
    {
        EquivocationEvidence evidence;
        try
        {
            evidence = world.Is(Mutant.BelievesAnything) ? unread : EquivocationEvidence.Parse(bytes);
        }
        catch (EvidenceException)
        {
            return null;
        }

        var origin = evidence.LogKey.Name;
        string[] stored = [.. _disk.Evidence.Values.Where(e => e.LogKey.Name == origin).Select(e => e.Id)];
        var reception = EvidenceRule.Receive(evidence, world.Find(origin)?.LogKey, stored, stored.Length, isSettled: false);
        if (reception == EvidenceReception.New)
        {
            await program.Process.StepAsync(() => Store(evidence));
        }

        return reception;
    }

    /// <summary>Sends what is kept to every other peer until it says that it has it, and again after a while.</summary>
    public async Task GossipAsync()
    {
        while (true)
        {
            await program.Process.PauseAsync(world.Chance.Between(5, 30));
            if (program.Node.IsLiar)
            {
                await SlanderAsync();
                continue;
            }

            foreach (var evidence in world.Is(Mutant.KeepsEvidence) ? [] : _disk.Evidence.Values.ToList())
            {
                foreach (var peer in world.PeersOf(program.Node).Where(p => IsDue(p, evidence)))
                {
                    await TellAsync(peer, evidence);
                }
            }
        }
    }

    private bool IsDue(SimNode peer, EquivocationEvidence evidence) =>
        evidence.LogKey.Name != peer.Origin
        && (!_told.TryGetValue((peer, evidence.Id), out var at) || world.Scheduler.Now - at > TimeSpan.FromMinutes(3));

    private async Task TellAsync(SimNode peer, EquivocationEvidence evidence)
    {
        try
        {
            await world.Network.CallAsync(program, peer, p => p.EvidenceAsync(evidence, evidence.Encode()));
            _told[(peer, evidence.Id)] = world.Scheduler.Now;
        }
        catch (AuditImpossibleException)
        {
            // It is told again.
        }
    }

    /// <summary>A liar makes up evidence from the true checkpoints of others.</summary>
    private async Task SlanderAsync()
    {
        var honest = world.PeersOf(program.Node).ToList();
        var victim = honest[world.Chance.Random.Next(honest.Count)];
        var notes = Memory.Of(_disk, victim.Origin).DistinctBy(n => n.Text).OrderBy(n => Checkpoint.Parse(n.Text).Size).ToList();
        if (notes.Count > 1)
        {
            await TellAsync(
                honest[world.Chance.Random.Next(honest.Count)],
                new EquivocationEvidence(victim.LogKey, Bare(notes[0]), Bare(notes[^1]), [world.Chance.Bytes(32)]));
        }
    }

    private static SignedNote Bare(SignedNote note) => note with { Signatures = [note.Signatures[0]] };

    private void Store(EquivocationEvidence evidence)
    {
        if (_disk.Evidence.TryAdd(evidence.Id, evidence))
        {
            _disk.Intake.Add(world.Row("equivocation.found", LogSubject.Of(evidence.LogKey.Name), world.Chance.Bytes(32)));
        }

        world.Watch.Accused(program.Node, evidence);
    }
}

/// <summary>The checkpoints of a log that a node's database holds, in any way.</summary>
internal static class Memory
{
    public static IEnumerable<SignedNote> Of(SimDisk disk, string origin)
    {
        var mirror = disk.Mirrors.GetValueOrDefault(origin, MirrorState.Empty);
        SignedNote?[] known = [mirror.Accepted, mirror.Complete, disk.Witnessed.GetValueOrDefault(origin).Note];
        return known.OfType<SignedNote>().Concat(disk.Pending.Where(p => p.Key.Origin == origin).Select(p => p.Value));
    }
}
