using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Coop.Node.Tests.Trade;

/// <summary>
/// Two real nodes, each on its embedded database, that pay each other while they are killed with -9. Every request is
/// sent again under its key until it is answered. COOP_TRADE_KILL_TRANSFERS says how many transfers.
/// </summary>
public sealed class TradeKillTests(ITestOutputHelper output) : IDisposable
{
    private const int Workers = 4;

    private readonly KilledCoop _acorn = new("Acorn", FreePort());
    private readonly KilledCoop _birch = new("Birch", FreePort());
    private readonly int _seed = Random.Shared.Next();
    private int _done;

    private static int Transfers =>
        int.TryParse(Environment.GetEnvironmentVariable("COOP_TRADE_KILL_TRANSFERS"), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 120;

    private static int Kills => Math.Max(6, Transfers / 500);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _acorn.Dispose();
        _birch.Dispose();
    }

    [Fact]
    public async Task Kill9_AtAnyMoment_LosesAndDoublesNothing()
    {
        await using var acorn = _acorn;
        await using var birch = _birch;
        await acorn.StartAsync(Ct);
        await birch.StartAsync(Ct);
        await KilledCoop.PeerAsync(acorn, birch, Ct);
        await acorn.EndowAsync(Ct);
        await birch.EndowAsync(Ct);
        var begun = TimeProvider.System.GetTimestamp();
        Task<long>[] workers =
        [
            .. Enumerable.Range(0, Workers).Select(w => PayAsync(acorn, birch, w)),
            .. Enumerable.Range(0, Workers).Select(w => PayAsync(birch, acorn, w)),
        ];
        var kills = await KillAsync(Task.WhenAll(workers));
        var sums = await Task.WhenAll(workers);
        var (paid, back) = (sums[..Workers].Sum(), sums[Workers..].Sum());
        await acorn.UntilNothingIsInDoubtAsync(Ct);
        await birch.UntilNothingIsInDoubtAsync(Ct);
        output.WriteLine($"Seed {_seed}: {_done} transfers, {kills} kills, {TimeProvider.System.GetElapsedTime(begun).TotalSeconds:0} s.");

        await RequireAsync(acorn, birch, paid, back);
        await RequireAsync(birch, acorn, back, paid);
    }

    private static async Task RequireAsync(KilledCoop coop, KilledCoop other, long paid, long received)
    {
        var own = await coop.TransfersAsync("payer", Ct);
        var theirs = await other.TransfersAsync("payee", Ct);
        Assert.All(own.Values, t => Assert.Equal("closed", t.State));
        Assert.All(theirs.Values, t => Assert.Equal("credited", t.State));
        Assert.Equal(coop.Answered.Order(), own.Keys.Order());
        Assert.Equal(own.Keys.Order(), theirs.Keys.Order());
        Assert.Equal(paid, own.Values.Sum(t => t.AmountMinor));
        Assert.Equal(paid, theirs.Values.Sum(t => t.AmountMinor));
        Assert.Equal(KilledCoop.EndowmentMinor - paid + received, await coop.BalanceAsync(Ct));
        Assert.Equal(received - paid, await coop.NetAsync(Ct));
    }

    // Kills one node or both after each part of the transfers, until all are answered.
    private async Task<int> KillAsync(Task all)
    {
        var kills = 0;
        var random = new Random(_seed);
        while (!all.IsCompleted)
        {
            if (Volatile.Read(ref _done) >= Transfers * (kills + 1) / (Kills + 1) && kills < Kills)
            {
                kills++;
                var which = random.Next(3);
                await Task.WhenAll(which == 0 ? Task.CompletedTask : _acorn.KillAndStartAsync(Ct), which == 1 ? Task.CompletedTask : _birch.KillAndStartAsync(Ct));
            }

            await Task.WhenAny(all, Task.Delay(20, Ct));
        }

        return kills;
    }

    private async Task<long> PayAsync(KilledCoop from, KilledCoop to, int worker)
    {
        var sum = 0L;
        for (var i = 0; i < Transfers / (2 * Workers); i++)
        {
            var amount = 1 + ((worker + (i * 7)) % 97);
            await from.PayAsync(to, amount, $"{worker}-{i}", Ct);
            sum += amount;
            Interlocked.Increment(ref _done);
        }

        return sum;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
