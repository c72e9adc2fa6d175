using System.Text.Json.Nodes;
using Coop.Federation.Audit;
using Coop.Federation.Log;
using Coop.Federation.Log.Notes;
using Coop.Federation.Replication;
using Coop.Federation.Witnessing;
using Coop.Identity.Json;

namespace Coop.Federation.Tests.Simulation;

/// <summary>What runs on a node from one start to the next crash: the engines, and what the node does with them.</summary>
internal sealed class SimProgram
{
    private readonly World _world;
    private readonly Witness _witness;
    private readonly EvidenceDesk _desk;

    public SimProgram(World world, SimNode node)
    {
        (_world, Node, Disk, Process) = (world, node, node.Disk, new SimProcess(world, node));
        Mirrors = new SimMirrorStore(world, this);
        Seen = new SeenCheckpoints(Mirrors, new SimPending(world, this));
        var witnessed = new SimWitnessStore(world, this);
        var guard = new SimWitnessGuard(world, this);
        _witness = new Witness(
            node.WitnessKey.Name,
            node.CosigningKey,
            world.Is(Mutant.WitnessUnguarded) ? new SimUnguarded(witnessed, guard) : new GuardedWitnessStore(witnessed, guard),
            world.Clock);
        _desk = new EvidenceDesk(world, this);
    }

    public SimNode Node { get; }

    public SimDisk Disk { get; }

    public SimProcess Process { get; }

    public SimMirrorStore Mirrors { get; }

    public SeenCheckpoints Seen { get; }

    /// <summary>A peering is frozen once there is a proof, until people decide.</summary>
    public bool IsFrozen(string origin) => Disk.Evidence.Values.Any(e => e.LogKey.Name == origin);

    public void Start()
    {
        Run(new LogKeeper(_world, this, Disk, Node.Guard).RunAsync);
        Run(() => new Collecting(_world, this, Disk).RunAsync());
        Run(() => WriteAsync(Disk));
        foreach (var peer in _world.PeersOf(Node))
        {
            // Now and then two, as replicas of one node do.
            foreach (var _ in Enumerable.Range(0, _world.Chance.OneIn(3) ? 2 : 1))
            {
                Run(() => new Following(_world, this, _desk, peer).RunAsync());
            }

            Run(() => EntangleAsync(peer));
        }

        Run(_desk.GossipAsync);
    }

    /// <summary>A liar's other face: a log of its own under the same key.</summary>
    public void StartSecondFace(SimDisk face, bool isCosigned)
    {
        Run(new LogKeeper(_world, this, face, new SimGuard { IsTrusted = true }).RunAsync);
        if (isCosigned)
        {
            Run(() => new Collecting(_world, this, face).RunAsync());
        }

        Run(() => WriteAsync(face));
    }

    public Task<byte[]?> FileAsync(SimNode caller, string path) =>
        Process.ReadAsync(() => Node.FaceFor(caller).File(path));

    public Task<byte[]?> PayloadAsync(SimNode caller, Guid id) =>
        Process.ReadAsync(() => Node.FaceFor(caller).Payloads.GetValueOrDefault(id));

    /// <summary>The largest checkpoint of the caller's log that is kept here in any way.</summary>
    public Task<SignedNote?> LastSeenAsync(SimNode caller) =>
        Process.ReadAsync(() => Memory.Of(Disk, caller.Origin).MaxBy(n => Checkpoint.Parse(n.Text).Size));

    public async Task<WitnessAnswer> WitnessAsync(byte[] body)
    {
        var answer = await _witness.AddCheckpointAsync(body, CancellationToken.None);
        if (answer.Submitted is { } note && !_world.Is(Mutant.IgnoresOthers))
        {
            Run(() => _desk.ReportAsync(note));
        }

        return answer;
    }

    public Task<EvidenceReception?> EvidenceAsync(EquivocationEvidence unread, byte[] bytes) => _desk.ReceiveAsync(unread, bytes);

    public void Run(Func<Task> program) => _world.Scheduler.Start(program, e => _world.Watch.Unexpected(Node, e));

    /// <summary>Members write; whoever is told that it is done must find it in the log.</summary>
    private async Task WriteAsync(SimDisk disk)
    {
        while (_world.AreMembersAwake(Node))
        {
            await Process.PauseAsync(_world.Chance.Between(1, 12));
            foreach (var _ in Enumerable.Range(0, _world.Chance.OneIn(8) ? _world.Chance.Random.Next(1, 300) : 1))
            {
                await WriteOneAsync(disk);
            }
        }
    }

    private async Task WriteOneAsync(SimDisk disk)
    {
        var row = _world.Row("test.event", "test:1", _world.Chance.Bytes(32));
        if (_world.Is(Mutant.AcknowledgesEarly))
        {
            disk.Acknowledged.Add(row.Id);
        }

        await Process.StepAsync(() => disk.Intake.Add(row));
        disk.Acknowledged.Add(row.Id);
    }

    private async Task EntangleAsync(SimNode peer)
    {
        while (true)
        {
            await Process.PauseAsync(_world.Chance.Between(5, 20));
            var state = await Mirrors.ReadAsync(peer.Origin, CancellationToken.None);
            var last = Disk.Recorded.GetValueOrDefault(peer.Origin);
            var note = _world.Is(Mutant.EntanglesForEver)
                ? state.Complete is { } complete && SizeOf(complete) > (last?.Size ?? 0) ? complete : null
                : EntanglingRule.ToRecord(state, last, _world.Scheduler.Now, TimeSpan.FromSeconds(20));
            if (note is not null && !IsFrozen(peer.Origin))
            {
                await Process.StepAsync(() => Record(note));
            }
        }
    }

    private void Record(SignedNote note)
    {
        var draft = CheckpointSeen.Draft(note);
        var salt = _world.Chance.Bytes(PayloadHash.SaltSizeBytes);
        var row = _world.Row(draft.Type, draft.Subject, PayloadHash.Compute(salt, CanonicalJson.Serialize(draft.Payload)));
        Disk.Intake.Add(row);
        Disk.Payloads[row.Id] = CanonicalJson.Serialize(
            new JsonObject { ["salt"] = Convert.ToBase64String(salt), ["payload"] = draft.Payload.DeepClone() });
        Disk.Recorded[Checkpoint.Parse(note.Text).Origin] = new RecordedCheckpoint(SizeOf(note), _world.Scheduler.Now);
    }

    private static long SizeOf(SignedNote note) => Checkpoint.Parse(note.Text).Size;
}
