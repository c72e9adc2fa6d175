using Coop.Federation.Audit;

namespace Coop.Federation.Tests.Simulation;

/// <summary>Carries calls between nodes: late, out of order, twice, or not at all; links are cut for a while.</summary>
internal sealed class SimNetwork(World world)
{
    private readonly Dictionary<(SimNode, SimNode), DateTimeOffset> _cutUntil = [];

    /// <summary>Calls a node; what never comes back is an <see cref="AuditImpossibleException"/> in the end.</summary>
    /// <param name="from">Who calls; when it dies meanwhile, nobody comes back.</param>
    /// <param name="to">Who is called.</param>
    /// <param name="serve">What the program that runs there answers; it may be served twice.</param>
    public async Task<T> CallAsync<T>(SimProgram from, SimNode to, Func<SimProgram, Task<T>> serve)
    {
        var answer = new TaskCompletionSource<T>();
        Send(from.Node, to, () => Serve(to, serve, reply => Send(to, from.Node, () => answer.TrySetResult(reply))));
        if (world.Chance.IsDoubled())
        {
            Send(from.Node, to, () => Serve(to, serve, _ => { }));
        }

        world.Scheduler.After(Chance.Timeout, () => answer.TrySetException(new AuditImpossibleException($"{to} does not answer.")));
        try
        {
            return await answer.Task;
        }
        finally
        {
            await from.Process.LiveAsync();
        }
    }

    /// <summary>Cuts a link both ways.</summary>
    public void Cut(SimNode one, SimNode other, TimeSpan time) =>
        _cutUntil[(one, other)] = _cutUntil[(other, one)] = world.Scheduler.Now + time;

    public void Heal() => _cutUntil.Clear();

    private void Send(SimNode from, SimNode to, Action arrives)
    {
        var isCut = _cutUntil.TryGetValue((from, to), out var until) && until > world.Scheduler.Now;
        if (!isCut && !world.Chance.IsLost())
        {
            world.Scheduler.After(world.Chance.Travel(), arrives);
        }
    }

    // A node that dies while it serves answers nothing.
    private void Serve<T>(SimNode node, Func<SimProgram, Task<T>> serve, Action<T> reply)
    {
        if (node.Program is { Process.IsAlive: true } program)
        {
            world.Scheduler.Start(
                async () =>
                {
                    var result = await serve(program);
                    await program.Process.LiveAsync();
                    reply(result);
                },
                e => world.Watch.Unexpected(node, e));
        }
    }
}
