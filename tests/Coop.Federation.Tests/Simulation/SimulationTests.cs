using System.Globalization;

namespace Coop.Federation.Tests.Simulation;

/// <summary>
/// Co-ops that follow, witness and hold each other to account, in one process, on a clock and links of the
/// test's own: docs/SIMULATION.md. The engines are the product's; stores crash, links fail, one node lies.
/// </summary>
/// <remarks>
/// <c>COOP_FEDERATION_SEED</c> runs one seed alone, <c>COOP_FEDERATION_SEEDS</c> that many fresh ones.
/// </remarks>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const string SeedVariable = "COOP_FEDERATION_SEED";
    private const int FreshSeeds = 2;
    private const int SeedsForAMutant = 25;

    private static readonly int[] FixedSeeds = [1, 2, 3, 4];

    public static TheoryData<int, string> Lies => [.. Seeds().SelectMany(s => Enum.GetNames<Lie>().Select(l => (s, l)))];

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task HonestNodesAgree_AndWhoLiesIsCaught(int seed, string lie)
    {
        var world = await RunAsync(seed, new SimOptions { Lie = Enum.Parse<Lie>(lie), Nodes = 3 + (Math.Abs(seed) % 3) });
        Assert.True(world.Watch.Broken is null, $"{SeedVariable}={seed}, {lie}: {world.Watch.Broken}");
    }

    /// <summary>Whatever is made wrong in an engine or in a store breaks an invariant, or the simulation proves nothing.</summary>
    [Theory]
    [InlineData(nameof(Mutant.AcknowledgesEarly), nameof(Lie.None), nameof(Harm.EntryLost))]
    [InlineData(nameof(Mutant.AppendsInTwoSteps), nameof(Lie.None), nameof(Harm.EntryDoubled))]
    [InlineData(nameof(Mutant.PublishesUnguarded), nameof(Lie.None), nameof(Harm.TwoHistories))]
    [InlineData(nameof(Mutant.SignsInDoubt), nameof(Lie.None), nameof(Harm.TwoHistories))]
    [InlineData(nameof(Mutant.WitnessForgets), nameof(Lie.TwoFaces), nameof(Harm.TwoHistoriesCosigned))]
    [InlineData(nameof(Mutant.WitnessIsBlind), nameof(Lie.TwoFaces), nameof(Harm.TwoHistoriesCosigned))]
    [InlineData(nameof(Mutant.WitnessUnguarded), nameof(Lie.Rewrite), nameof(Harm.TwoHistoriesCosigned))]
    [InlineData(nameof(Mutant.FollowerForgets), nameof(Lie.Rewrite), nameof(Harm.LiarNotCaught))]
    [InlineData(nameof(Mutant.CopyTears), nameof(Lie.None), nameof(Harm.Failure))]
    [InlineData(nameof(Mutant.CopyOverwrites), nameof(Lie.None), nameof(Harm.CopyShrank))]
    [InlineData(nameof(Mutant.IgnoresOthers), nameof(Lie.TwoFaces), nameof(Harm.LiarNotCaught))]
    [InlineData(nameof(Mutant.KeepsEvidence), nameof(Lie.Glimpse), nameof(Harm.LiarNotCaught))]
    [InlineData(nameof(Mutant.BelievesAnything), nameof(Lie.TwoFaces), nameof(Harm.HonestAccused))]
    [InlineData(nameof(Mutant.EntanglesForEver), nameof(Lie.None), nameof(Harm.NoAgreement))]
    public async Task AMutantIsFound(string mutant, string lie, string harm)
    {
        var options = new SimOptions
        {
            Mutant = Enum.Parse<Mutant>(mutant),
            Lie = Enum.Parse<Lie>(lie),
            Patience = TimeSpan.FromMinutes(30),

            // Else its peers tell a node what its guard should have told it.
            OneLostIn = mutant == nameof(Mutant.PublishesUnguarded) ? 2 : 12,
        };
        for (var seed = 100; seed < 100 + SeedsForAMutant; seed++)
        {
            if ((await RunAsync(seed, options)).Watch.Broken?.Harm.ToString() == harm)
            {
                return;
            }
        }

        Assert.Fail($"{mutant} does no {harm} in {SeedsForAMutant} runs.");
    }

    [Fact]
    public async Task TheSameSeedIsTheSameRun()
    {
        var options = new SimOptions { Lie = Lie.TwoFaces, Trouble = TimeSpan.FromMinutes(4) };
        var (one, other) = (await RunAsync(7, options), await RunAsync(7, options));
        Assert.Equal((one.Scheduler.Steps, one.Scheduler.Now), (other.Scheduler.Steps, other.Scheduler.Now));
        Assert.Equal(one.Watch.Counts, other.Watch.Counts);
    }

    private async Task<World> RunAsync(int seed, SimOptions options)
    {
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        var world = new World(seed, options);
        await Task.Run(world.Run);
        var took = System.Diagnostics.Stopwatch.GetElapsedTime(started);
        output.WriteLine($"{SeedVariable}={seed} {options.Lie} {options.Mutant} {options.Nodes} nodes: {took.TotalSeconds:0.0} s, "
            + $"{world.Scheduler.Now:HH:mm:ss}, {world.Scheduler.Steps} steps, {string.Join(", ", world.Watch.Counts)}, {world.Watch.Broken}");
        return world;
    }

    private static IEnumerable<int> Seeds()
    {
        if (Environment.GetEnvironmentVariable(SeedVariable) is { Length: > 0 } one)
        {
            return [int.Parse(one, CultureInfo.InvariantCulture)];
        }

        var count = Environment.GetEnvironmentVariable(SeedVariable + "S") is { Length: > 0 } fresh
            ? int.Parse(fresh, CultureInfo.InvariantCulture)
            : FreshSeeds;
        return [.. FixedSeeds, .. Enumerable.Range(0, count).Select(_ => Random.Shared.Next())];
    }
}
