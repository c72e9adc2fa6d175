using System.Globalization;
using Coop.Federation.Trade;
using Xunit.Sdk;

namespace Coop.Federation.Tests.Trade;

/// <summary>docs/SIMULATION.md, Trade: the product's engine over disks, links and clocks of the test's own.</summary>
public sealed class TradeSimulationTests(ITestOutputHelper output)
{
    private const int Steps = 400;

    /// <summary>What the seeds 1 to 20 pay, on every machine; those that are drawn anew come on top.</summary>
    private const int PaidByFixedSeeds = 94;

    private const int NettedByFixedSeeds = 3;

    private static readonly int? OneSeed =
        int.TryParse(Environment.GetEnvironmentVariable("COOP_TRADE_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : null;

    private static readonly int Fresh =
        int.TryParse(Environment.GetEnvironmentVariable("COOP_TRADE_SEEDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var seeds) ? seeds : 5;

    [Fact]
    public async Task NothingIsLostOrDoubled_WhateverFails()
    {
        int[] all = OneSeed is { } one ? [one] : [.. Enumerable.Range(1, 20), .. Enumerable.Range(0, Fresh).Select(_ => Random.Shared.Next())];
        var (paid, netted) = (0, 0);
        foreach (var seed in all)
        {
            try
            {
                var world = await RunAsync(seed, TradeMutant.None);
                (paid, netted) = (paid + world.RequireWhole(), netted + world.Netted);
            }
            catch (Exception e)
            {
                throw new XunitException($"COOP_TRADE_SEED={seed}: {e}", e);
            }
        }

        output.WriteLine($"{all.Length} seeds, {paid} transfers paid, {netted} nettings done.");
        Assert.True(
            OneSeed is not null || paid >= PaidByFixedSeeds, $"Only {paid} transfers were paid: the simulation tests less than it did.");
        Assert.True(OneSeed is not null || netted >= NettedByFixedSeeds, $"Only {netted} nettings were done.");
    }

    [Theory]
    [InlineData(nameof(TradeMutant.SignsWithoutAsking))]
    [InlineData(nameof(TradeMutant.LosesAnEffect))]
    [InlineData(nameof(TradeMutant.ForgetsPromisesInLimits))]
    [InlineData(nameof(TradeMutant.PayeeTimesOut))]
    [InlineData(nameof(TradeMutant.LosesDecisions))]
    public async Task FindsTheMutant(string mutant)
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            try
            {
                await RunAsync(seed, Enum.Parse<TradeMutant>(mutant));
            }
            catch (Exception e) when (e is XunitException or TradeException)
            {
                output.WriteLine($"Seed {seed}: {e.Message}");
                return;
            }
        }

        Assert.Fail($"No seed found {mutant}.");
    }

        private static async Task<TradeWorld> RunAsync(int seed, TradeMutant mutant)
    {
        var world = new TradeWorld(seed, mutant);
        await world.OweInARingAsync();
        for (var i = 0; i < Steps; i++)
        {
            await world.StepAsync();
        }

        await world.SettleAsync();
        world.RequireWhole();
        return world;
    }
}
