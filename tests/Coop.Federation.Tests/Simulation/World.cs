using Coop.Federation.Log;

namespace Coop.Federation.Tests.Simulation;

/// <summary>Nodes, what lies between them, and what befalls them: all of a run, from one seed.</summary>
internal sealed class World
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 18, 0, 0, TimeSpan.Zero);

    public World(int seed, SimOptions options)
    {
        Options = options;
        Chance = new Chance(new Random(seed), options);
        Scheduler = new SimScheduler(Chance.Random, Start);
        Clock = new SimClock(Scheduler);
        Network = new SimNetwork(this);
        Watch = new Watch(this);
        Nodes = [.. Enumerable.Range(0, options.Nodes).Select(i => new SimNode($"coop{i}", Chance)
        {
            IsLiar = options.Lie != Lie.None && i == options.Nodes - 1,
        })];
    }

    public SimOptions Options { get; }

    public Chance Chance { get; }

    public SimScheduler Scheduler { get; }

    public SimClock Clock { get; }

    public SimNetwork Network { get; }

    public Watch Watch { get; }

    public IReadOnlyList<SimNode> Nodes { get; }

    public IEnumerable<SimNode> Honest => Nodes.Where(n => !n.IsLiar);

    public bool Is(Mutant mutant) => Options.Mutant == mutant;

    public IEnumerable<SimNode> PeersOf(SimNode node) => Nodes.Where(n => n != node);

    public SimNode? Find(string origin) => Nodes.FirstOrDefault(n => n.Origin == origin);

    /// <summary>Runs it; afterwards <see cref="Simulation.Watch.Broken"/> says what was found.</summary>
    public void Run()
    {
        foreach (var node in Nodes)
        {
            node.Disk.Intake.AddRange(Enumerable.Range(0, Chance.Random.Next(300)).Select(_ => Row("test.event", "test:1", Chance.Bytes(32))));
            node.Disk.Acknowledged.UnionWith(node.Disk.Intake.Select(r => r.Id));
            StartProgram(node);
        }

        Scheduler.Start(MakeTroubleAsync, e => Watch.Unexpected(null, e));
        Scheduler.Run(Start + Options.Trouble, () => Watch.Broken is not null);
        Chance.IsCalm = true;
        Network.Heal();
        var agreement = new Agreement(this);
        Scheduler.Start(agreement.WaitAsync, e => Watch.Unexpected(null, e));
        Scheduler.Run(Start + Options.Trouble + Options.Patience, () => Watch.Broken is not null || agreement.IsReached);
        if (Watch.Broken is null)
        {
            agreement.Check();
        }
    }

    public IntakeRow Row(string type, string subject, byte[] payloadHash)
    {
        var row = new IntakeRow(Chance.Id(), type, "node", subject, Scheduler.Now, payloadHash, Visibility.Public);
        Watch.Intended(row.Id);
        return row;
    }

    /// <summary>Members of the honest rest when all is calm; a liar goes on for a while, or nobody could hold it to account.</summary>
    public bool AreMembersAwake(SimNode node) =>
        !Chance.IsCalm || (node.IsLiar && Scheduler.Now < Start + Options.Trouble + TimeSpan.FromMinutes(10));

    /// <summary>The process ends here and now; the node comes back later, perhaps from a backup.</summary>
    public void Crash(SimNode node)
    {
        node.Program?.Process.Kill();
        node.Program = null;
        var isRestored = Options.Backups && node.Backups.Count > 0 && Nodes.All(n => n.Newest is null) && Chance.OneIn(6);
        if (isRestored)
        {
            Restore(node);
        }

        // Nobody restores a backup while messages of the life before are still under way.
        Scheduler.After(isRestored ? Chance.Between(300, 400) : Chance.Between(1, 40), () => StartProgram(node));
    }

    /// <summary>The log must not be signed as it is: a person finds out, and brings back what there was.</summary>
    public void Halt(SimNode node)
    {
        Watch.Halted(node);
        Scheduler.After(Chance.Between(60, 120), () =>
        {
            if (node.Newest is { } newest)
            {
                // Files that were never put back stand as they are: the witness may have used them meanwhile.
                (node.Disk, node.Guard, node.Newest) = (newest.Disk, newest.Guard ?? node.Guard, null);
                Restart(node);
            }
        });
    }

    /// <summary>The log may be signed: whatever was in doubt is not any more.</summary>
    public void SignsAgain(SimNode node, bool wasInDoubt)
    {
        if (wasInDoubt)
        {
            Watch.Forget(node);
        }

        node.Newest = null;
    }

    // A node that is down comes back by itself.
    private void Restart(SimNode node)
    {
        if (node.Program is { } program)
        {
            program.Process.Kill();
            StartProgram(node);
        }
    }

    private void StartProgram(SimNode node)
    {
        node.Program = new SimProgram(this, node);
        node.Program.Start();
    }

    private void Restore(SimNode node)
    {
        node.WasRestored = true;
        var newest = node.Disk;
        node.Newest = (newest, null);
        node.Disk = Some(node).Disk.Copy();
        if (Chance.OneIn(2))
        {
            // The guard is put back as well, not from the same day; what it says is not to be trusted.
            node.Newest = (newest, node.Guard);
            node.Guard = Some(node).Guard.Copy() with { IsTrusted = false };
            node.WereFilesRestored = true;
        }
    }

    private (SimDisk Disk, SimGuard Guard) Some(SimNode node) => node.Backups[Chance.Random.Next(node.Backups.Count)];

    private async Task MakeTroubleAsync()
    {
        var lies = Start + (Options.Trouble * (0.2 + (Chance.Random.NextDouble() * 0.6)));
        while (!Chance.IsCalm)
        {
            await Scheduler.DelayAsync(Chance.Between(5, 40));
            var node = Nodes[Chance.Random.Next(Nodes.Count)];
            if (Chance.OneIn(3))
            {
                Network.Cut(node, Nodes[Chance.Random.Next(Nodes.Count)], Chance.Between(5, 180));
            }

            if (node is { Newest: null, Program: not null, IsLiar: false })
            {
                node.Backups.Add((node.Disk.Copy(), node.Guard.Copy()));
            }

            if (Scheduler.Now > lies && Nodes.SingleOrDefault(n => n.IsLiar) is { SecondFace: null } liar)
            {
                BeginToLie(liar);
            }
        }
    }

    private void BeginToLie(SimNode liar)
    {
        var other = liar.Disk.Copy();
        var kept = Chance.Random.Next(other.Entries.Count + 1);
        other.Entries.RemoveRange(kept, other.Entries.Count - kept);
        other.Leaves.RemoveRange(kept, other.Leaves.Count - kept);
        other.Checkpoint = null;
        other.Intake.Clear();
        other.Intake.AddRange(Enumerable.Range(0, Chance.Random.Next(1, 300)).Select(_ => Row("test.rewritten", "test:1", Chance.Bytes(32))));
        liar.SecondFace = other;
        liar.ShownTheSecondFace.UnionWith(Options.Lie == Lie.Glimpse
            ? [Nodes[Chance.Random.Next(Nodes.Count - 1)]]
            : PeersOf(liar).Where(_ => Options.Lie == Lie.Rewrite || Chance.OneIn(2)));
        liar.Program!.StartSecondFace(other, isCosigned: Options.Lie != Lie.Glimpse);
        if (Options.Lie == Lie.Glimpse)
        {
            Scheduler.After(Chance.Between(60, 180), liar.ShownTheSecondFace.Clear);
        }
    }
}
