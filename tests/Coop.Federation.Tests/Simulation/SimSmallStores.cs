using Coop.Federation.Log;
using Coop.Federation.Log.Notes;
using Coop.Federation.Replication;
using Coop.Federation.Witnessing;

namespace Coop.Federation.Tests.Simulation;

/// <summary>Checkpoints that wait for a copy to grow, in a node's database.</summary>
internal sealed class SimPending(World world, SimProgram program) : IPendingCheckpoints
{
    private readonly SimDisk _disk = program.Disk;

    public Task<IReadOnlyList<SignedNote>> ListAsync(string origin, CancellationToken ct) =>
        program.Process.ReadAsync<IReadOnlyList<SignedNote>>(() =>
            [.. _disk.Pending.Where(n => n.Key.Origin == origin).Select(n => n.Value).OrderBy(n => Checkpoint.Parse(n.Text).Size)]);

    public Task AddAsync(string origin, SignedNote note, CancellationToken ct) => program.Process.StepAsync(() =>
    {
        _disk.Pending[(origin, note.Text)] = note;
        world.Watch.Remembered(note);
    });

    public Task RemoveAsync(string origin, SignedNote note, CancellationToken ct) =>
        program.Process.StepAsync(() => { _disk.Pending.Remove((origin, note.Text)); });
}

/// <summary>What a witness remembers, in its node's database.</summary>
internal sealed class SimWitnessStore(World world, SimProgram program) : IWitnessStore
{
    private readonly SimDisk _disk = program.Disk;

    /// <summary>A log whose lies are proven is not cosigned any more.</summary>
    public Task<IReadOnlyList<NoteKey>> FindKeysAsync(string origin, CancellationToken ct) =>
        program.Process.ReadAsync<IReadOnlyList<NoteKey>>(() =>
            program.IsFrozen(origin) || world.Find(origin) is not { } peer ? [] : [peer.LogKey]);

    public Task<LogState?> FindLatestAsync(string origin, CancellationToken ct) =>
        program.Process.ReadAsync(() => world.Is(Mutant.WitnessIsBlind) ? null : Latest(origin));

    public async Task<bool> TryAdvanceAsync(string origin, LogState? from, LogState to, SignedNote note, CancellationToken ct)
    {
        if (world.Is(Mutant.WitnessForgets))
        {
            program.Run(async () =>
            {
                await program.Process.PauseAsync(world.Chance.Between(0, 60));
                await program.Process.StepAsync(() => Write(origin, to, note));
            });
            return true;
        }

        return await program.Process.StepAsync(() =>
        {
            if (Latest(origin)?.ToString() != from?.ToString() && !world.Is(Mutant.WitnessIsBlind))
            {
                return false;
            }

            Write(origin, to, note);
            return true;
        });
    }

    private LogState? Latest(string origin) =>
        _disk.Witnessed.TryGetValue(origin, out var latest) ? latest.State : null;

    private void Write(string origin, LogState to, SignedNote note)
    {
        _disk.Witnessed[origin] = (to, note);
        world.Watch.Remembered(note);
    }
}

/// <summary>The witness's guard, in its node's files.</summary>
internal sealed class SimWitnessGuard(World world, SimProgram program) : IWitnessGuard
{
    private readonly SimGuard _guard = program.Node.Guard;

    public Task<SignedNote?> FindAsync(string origin, CancellationToken ct) =>
        program.Process.ReadAsync(() => world.Is(Mutant.WitnessIsBlind) ? null : _guard.Cosigned.GetValueOrDefault(origin));

    public Task RecordAsync(SignedNote note, CancellationToken ct)
    {
        if (world.Is(Mutant.WitnessForgets))
        {
            world.Watch.Cosigned(program.Node, note);
            return Task.CompletedTask;
        }

        return program.Process.StepAsync(() =>
        {
            var checkpoint = Checkpoint.Parse(note.Text);
            if (!_guard.Cosigned.TryGetValue(checkpoint.Origin, out var before) || Checkpoint.Parse(before.Text).Size <= checkpoint.Size)
            {
                _guard.Cosigned[checkpoint.Origin] = note;
            }

            world.Watch.Cosigned(program.Node, note);
        });
    }
}

/// <summary>A witness's memory that is written to its guard, and never read from there.</summary>
internal sealed class SimUnguarded(IWitnessStore database, IWitnessGuard guard) : IWitnessStore
{
    private readonly GuardedWitnessStore _guarded = new(database, guard);

    public Task<IReadOnlyList<NoteKey>> FindKeysAsync(string origin, CancellationToken ct) => database.FindKeysAsync(origin, ct);

    public Task<LogState?> FindLatestAsync(string origin, CancellationToken ct) => database.FindLatestAsync(origin, ct);

    public Task<bool> TryAdvanceAsync(string origin, LogState? from, LogState to, SignedNote note, CancellationToken ct) =>
        _guarded.TryAdvanceAsync(origin, from, to, note, ct);
}
