using System.Text;
using Coop.Federation.Log;
using Coop.Federation.Log.Notes;
using Coop.Federation.Witnessing;

namespace Coop.Federation.Tests.Simulation;

/// <summary>Collects cosignatures of the peers on what a log has published.</summary>
internal sealed class Collecting : IWitnessClient
{
    private readonly World _world;
    private readonly SimProgram _program;
    private readonly SimDisk _disk;
    private readonly CosignatureCollector _collector;

    public Collecting(World world, SimProgram program, SimDisk disk)
    {
        (_world, _program, _disk) = (world, program, disk);
        _collector = new CosignatureCollector(this, ProveAsync, new CollectorOptions { Timeout = Chance.Timeout }, world.Clock);
    }

    public async Task RunAsync()
    {
        var witnesses = _world.PeersOf(_program.Node).Select(p => new PolicyWitness(p.Name, p.WitnessKey, null)).ToList();
        while (true)
        {
            await _program.Process.PauseAsync(_world.Chance.Between(2, 10));
            if (_disk.Checkpoint is not { } note)
            {
                continue;
            }

            // What has been cosigned in an earlier life is not asked for again.
            var missing = witnesses.Where(w => !_disk.Cosignatures.GetValueOrDefault(note.Text, []).Any(s => s.Name == w.Key.Name));
            foreach (var outcome in await _collector.CollectAsync(note, missing, CancellationToken.None))
            {
                if (outcome.Cosignature is { } cosignature)
                {
                    await _program.Process.StepAsync(() => Keep(note.Text, cosignature));
                }
            }
        }
    }

    public async Task<WitnessReply> AddCheckpointAsync(PolicyWitness witness, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        var peer = _world.Nodes.Single(n => n.Name == witness.Name);
        var answer = await _world.Network.CallAsync(_program, peer, p => p.WitnessAsync(body.ToArray()));
        return new WitnessReply(answer.Status, answer.ContentType, Encoding.UTF8.GetBytes(answer.Body));
    }

    private Task<IReadOnlyList<byte[]>> ProveAsync(long oldSize, long size, CancellationToken ct) =>
        TileProofs.ConsistencyAsync(oldSize, size, path => _program.Process.ReadAsync(() => _disk.Read(path)));

    private void Keep(string text, NoteSignature cosignature)
    {
        var kept = _disk.Cosignatures.GetValueOrDefault(text, []);
        _disk.Cosignatures[text] = [.. kept.Where(s => s.Name != cosignature.Name), cosignature];
    }
}
