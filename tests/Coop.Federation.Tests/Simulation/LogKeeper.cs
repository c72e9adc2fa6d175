using Coop.Federation.Audit;
using Coop.Federation.Log;
using Coop.Federation.Log.Notes;

namespace Coop.Federation.Tests.Simulation;

/// <summary>
/// The sequencer of one log: durable entries, signature, durable note of it, publication, in that order
/// (docs/decisions/0003). The node's own does the same over SQL.
/// </summary>
internal sealed class LogKeeper(World world, SimProgram program, SimDisk disk, SimGuard guard)
{
    private readonly SimProcess _process = program.Process;

    public async Task RunAsync()
    {
        var tip = await _process.ReadAsync(() => disk.Tip(program.Node.Origin));
        if (!program.Node.IsLiar && !await MaySignAsync(tip.Size))
        {
            world.Halt(program.Node);
            return;
        }

        await _process.StepAsync(() =>
        {
            world.SignsAgain(program.Node, wasInDoubt: !guard.IsTrusted);
            guard.IsTrusted = true;
        });
        while (true)
        {
            tip = await AppendAsync(tip);
            if (disk.Checkpoint is null || disk.PublishedSize < tip.Size)
            {
                await PublishAsync(tip.State);
            }

            await _process.PauseAsync(world.Chance.Between(0.1, 2));
        }
    }

    private async Task<LogTip> AppendAsync(LogTip tip)
    {
        var most = world.Chance.Random.Next(1, 400);
        var rows = await _process.ReadAsync(() => disk.Intake.Take(most).ToList());
        if (rows.Count == 0)
        {
            return tip;
        }

        var batch = LogBatch.Prepare(tip, rows);
        var isTorn = world.Is(Mutant.AppendsInTwoSteps);
        await _process.StepAsync(() => disk.Append(batch, keepsIntake: isTorn));
        if (isTorn)
        {
            await _process.StepAsync(() => disk.Forget(batch));
        }

        return batch.Tip;
    }

    private async Task PublishAsync(LogState state)
    {
        var note = new Checkpoint(program.Node.Origin, state.Size, state.Root).Sign(program.Node.SigningKey);
        world.Watch.Signed(note, disk);
        if (!world.Is(Mutant.PublishesUnguarded))
        {
            await _process.StepAsync(() => Record(state));
        }

        await _process.StepAsync(() =>
        {
            disk.Checkpoint = note;
            world.Watch.Published(program.Node, note);
        });
    }

    private void Record(LogState state) => guard.Last = SigningRule.MayFollow(guard.Last, state)
        ? state
        : throw new LogFaultException($"{state} contradicts {guard.Last}.");

    private async Task<bool> MaySignAsync(long size)
    {
        if (guard.Last is { } signed && Judge(size, signed) is SeenVerdict.Later or SeenVerdict.Different)
        {
            return false;
        }

        while (true)
        {
            var isAsking = guard.IsTrusted || !world.Is(Mutant.SignsInDoubt);
            var answers = isAsking ? await Task.WhenAll(world.PeersOf(program.Node).Select(p => AskAsync(p, size))) : [];
            var verdict = SigningRule.Decide(!guard.IsTrusted && isAsking, answers);
            if (verdict != SigningVerdict.Wait)
            {
                return verdict == SigningVerdict.Sign;
            }

            await _process.PauseAsync(world.Chance.Between(5, 15));
        }
    }

    /// <summary>What a peer last saw of this log.</summary>
    private async Task<SeenVerdict> AskAsync(SimNode peer, long size)
    {
        try
        {
            return await world.Network.CallAsync(program, peer, p => p.LastSeenAsync(program.Node)) is { } note
                && Checkpoint.Verify(note.Encode(), program.Node.LogKey) is var seen
                    ? Judge(size, new LogState(seen.Size, seen.Root.ToArray()))
                    : SeenVerdict.Nothing;
        }
        catch (AuditImpossibleException)
        {
            return SeenVerdict.Silent;
        }
    }

    private SeenVerdict Judge(long size, LogState seen) =>
        SigningRule.Judge(size, seen, seen.Size <= size ? disk.RootAt(seen.Size) : []);
}
