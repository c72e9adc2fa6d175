namespace Coop.Federation.Tests.Simulation;

/// <summary>
/// One life of a node. It may end before or after any durable step; whatever it awaits then never comes, so
/// none of its code runs on.
/// </summary>
internal sealed class SimProcess(World world, SimNode node)
{
    public bool IsAlive { get; private set; } = true;

    public void Kill() => IsAlive = false;

    /// <summary>Waits, and never comes back when the process died meanwhile.</summary>
    public async Task PauseAsync(TimeSpan delay)
    {
        await world.Scheduler.DelayAsync(delay);
        await LiveAsync();
    }

    /// <summary>Looks at what is durable.</summary>
    public async Task<T> ReadAsync<T>(Func<T> read)
    {
        await PauseAsync(world.Chance.Latency());
        return read();
    }

    /// <summary>Makes something durable: all of it or nothing. The process may die just before or just after.</summary>
    public async Task<T> StepAsync<T>(Func<T> step)
    {
        await PauseAsync(world.Chance.Latency());
        await DieAsync();
        var result = step();
        await DieAsync();
        await PauseAsync(world.Chance.Latency());
        return result;
    }

    public Task StepAsync(Action step) => StepAsync(() =>
    {
        step();
        return true;
    });

    /// <summary>Comes back only to the living.</summary>
    public Task LiveAsync() => IsAlive ? Task.CompletedTask : new TaskCompletionSource().Task;

    private Task DieAsync()
    {
        if (world.Chance.Dies(node))
        {
            world.Crash(node);
        }

        return LiveAsync();
    }
}
