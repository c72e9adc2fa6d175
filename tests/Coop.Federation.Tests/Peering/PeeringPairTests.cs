using Coop.Federation.Peering;

namespace Coop.Federation.Tests.Peering;

/// <summary>
/// Two sides and the steps that are on their way between them: every interleaving of up to six steps that people
/// take on either side, and of their arrival.
/// </summary>
public sealed class PeeringPairTests
{
    private const int MaxStepsOfPeople = 6;

    private sealed record Letter(PeeringStep Step, TermsMention? Terms);

    /// <param name="Standing">As this side sees it.</param>
    /// <param name="Outbox">What it has sent and the other has not yet taken, the first first.</param>
    private sealed record Side(PeeringStanding Standing, IReadOnlyList<Letter> Outbox)
    {
        public Side Sent() => this with { Outbox = [.. Outbox.Skip(1)] };

        public string Key => $"{Standing} [{string.Join(" ", Outbox.Select(l => $"{l.Step}/{l.Terms?.Hash}"))}]";
    }

    private sealed record World(Side A, Side B, int Taken, int Proposals)
    {
        public string Key => $"{A.Key} {B.Key} {Taken}";

        public bool IsQuiet => A.Outbox.Count == 0 && B.Outbox.Count == 0;
    }

    [Fact]
    public void BothSidesEndAtTheSameStanding_HoweverTheirStepsCross()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<World>();
        var quiet = 0;
        Add(Begin());
        while (open.TryDequeue(out var world))
        {
            if (world.IsQuiet)
            {
                quiet++;
                Assert.True(Agree(world.A.Standing, world.B.Standing), $"They differ: {world.Key}");
            }

            foreach (var next in Arrivals(world).Concat(world.Taken < MaxStepsOfPeople ? StepsOfPeople(world) : []))
            {
                Add(next);
            }
        }

        // It would be easy to explore nothing.
        Assert.True(seen.Count > 10_000 && quiet > 100, $"{seen.Count} worlds, {quiet} quiet");

        void Add(World world)
        {
            if (seen.Add(world.Key))
            {
                open.Enqueue(world);
            }
        }
    }

    // A proposes the first terms; A's DID is the first.
    private static World Begin()
    {
        var terms = new TermsMention("t1", 1, null);
        var proposed = new Letter(PeeringStep.Proposed, terms);
        return new(
            new Side(PeeringRules.Take(PeeringStanding.None, PeeringSide.Us, proposed.Step, terms, true), []),
            new Side(PeeringRules.Take(PeeringStanding.None, PeeringSide.Them, proposed.Step, terms, false), []),
            0, 1);
    }

    private static IEnumerable<World> StepsOfPeople(World world)
    {
        foreach (var step in Enum.GetValues<PeeringStep>().Except([PeeringStep.Activated]))
        {
            if (Act(world, world.A, step, isFirst: true) is { } a)
            {
                yield return a with { A = a.A };
            }

            if (Act(world, world.B, step, isFirst: false) is { } b)
            {
                yield return b;
            }
        }
    }

    private static World? Act(World world, Side side, PeeringStep step, bool isFirst)
    {
        var now = side.Standing;
        var terms = step == PeeringStep.Proposed
            ? new TermsMention($"t{world.Proposals + 1}", now.Version + 1, now.Hash)
            : new TermsMention(now.Pending?.Hash ?? now.Hash ?? "", 0, null);
        try
        {
            var then = PeeringRules.Take(now, PeeringSide.Us, step, terms, isFirst);
            var moved = new Side(then, [.. side.Outbox, new Letter(step, terms)]);
            var next = isFirst ? world with { A = moved } : world with { B = moved };
            return next with { Taken = world.Taken + 1, Proposals = world.Proposals + (step == PeeringStep.Proposed ? 1 : 0) };
        }
        catch (PeeringException)
        {
            return null;
        }
    }

    private static IEnumerable<World> Arrivals(World world)
    {
        if (world.A.Outbox.Count > 0)
        {
            yield return world with { A = world.A.Sent(), B = Receive(world.B, world.A.Outbox[0], isFirst: false) };
        }

        if (world.B.Outbox.Count > 0)
        {
            yield return world with { B = world.B.Sent(), A = Receive(world.A, world.B.Outbox[0], isFirst: true) };
        }
    }

    /// <summary>What arrives of an honest peer is never refused: a refusal would hold up all its later steps.</summary>
    private static Side Receive(Side side, Letter letter, bool isFirst)
    {
        var then = PeeringRules.Take(side.Standing, PeeringSide.Them, letter.Step, letter.Terms, isFirst);
        if (PeeringRules.AnswerTo(side.Standing, then, letter.Step, letter.Terms?.Hash) is not { } answer)
        {
            return side with { Standing = then };
        }

        var about = new TermsMention(answer.Hash, 0, null);
        if (answer.Step == PeeringStep.Activated)
        {
            then = PeeringRules.Take(then, PeeringSide.Us, answer.Step, about, isFirst);
        }

        return new Side(then, [.. side.Outbox, new Letter(answer.Step, about)]);
    }

    // An end that crosses with an acceptance leaves one side with terms in force and the other without: for neither
    // they count any more.
    private static bool Agree(PeeringStanding a, PeeringStanding b) =>
        a.IsEnded && b.IsEnded ? IsSettled(a) && IsSettled(b) : Mirrored(a) == b;

    // What was never in force stays to be read.
    private static bool IsSettled(PeeringStanding ended) => ended.Version == 0 || ended.Pending is null;

    private static PeeringStanding Mirrored(PeeringStanding standing) => standing with
    {
        OurHold = standing.TheirHold,
        TheirHold = standing.OurHold,
        Pending = standing.Pending is { } pending
            ? pending with { By = pending.By == PeeringSide.Us ? PeeringSide.Them : PeeringSide.Us }
            : null,
    };
}
