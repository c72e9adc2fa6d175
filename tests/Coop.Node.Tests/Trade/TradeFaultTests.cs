using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Coop.Testing;
using Coop.Testing.Faults;

namespace Coop.Node.Tests.Trade;

/// <summary>
/// Two nodes whose databases fail at the driver's edge while they trade: serialization failures, lost connections and
/// commits of which nobody hears. Every request is sent again under its key until it is answered.
/// </summary>
public sealed class TradeFaultTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Payments = 30;
    private const int OneIn = 25;

    private static readonly Fault[] Injected =
        [Fault.SerializationFailure, Fault.LostBefore, Fault.LostAfter, Fault.UnknownNotPersisted, Fault.UnknownPersisted];

    private readonly int _seed = Random.Shared.Next();
    private readonly ConcurrentStack<(TestDatabase Database, FaultProxy Proxy)> _databases = new();
    private TradingPair _pair = null!;
    private int _faults;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _pair = await TradingPair.StartAsync(async () =>
    {
        var database = await TestDatabase.CreateMigratedAsync();
        var proxy = FaultProxy.Start(database.ConnectionString, _seed);
        _databases.Push((database, proxy));
        return (database, proxy.ConnectionString);
    });

    public async ValueTask DisposeAsync()
    {
        await _pair.DisposeAsync();
        foreach (var (database, proxy) in _databases)
        {
            await proxy.DisposeAsync();
            await database.DisposeAsync();
        }
    }

    [Fact]
    public async Task WhateverFailsAtTheDriversEdge_EveryPaymentIsMadeOnce()
    {
        var random = new Random(_seed);
        foreach (var (_, proxy) in _databases)
        {
            proxy.Decide(_ => Next(random));
        }

        for (var i = 0; i < Payments; i++)
        {
            await PayAsync(100 + i, $"payment-{i}");
        }

        foreach (var (_, proxy) in _databases)
        {
            proxy.Decide(_ => Fault.None);
        }

        foreach (var node in new[] { _pair.Acorn, _pair.Birch })
        {
            await TradingPair.UntilAsync(node.Admin.Client, "/api/trade/in-doubt", t => t.GetArrayLength() == 0);
        }

        output.WriteLine($"Seed {_seed}: {_faults} faults in {Payments} payments.");
        Assert.True(_faults >= Payments, $"Only {_faults} faults were injected.");
        var sum = Enumerable.Range(0, Payments).Sum(i => 100L + i);
        Assert.Equal(Payments, await CountAsync(_pair.Acorn, "closed"));
        Assert.Equal(Payments, await CountAsync(_pair.Birch, "credited"));
        Assert.Equal(TradingPair.AdaMinor - sum, await TradingPair.BalanceAsync(_pair.Acorn, _pair.AdaAccount));
        Assert.Equal(TradingPair.BenMinor + sum, await TradingPair.BalanceAsync(_pair.Birch, _pair.BenAccount));
        foreach (var (node, net) in new[] { (_pair.Acorn, -sum), (_pair.Birch, sum) })
        {
            var position = await TradingPair.PositionAsync(node);
            Assert.Equal((net, 0L, 0L), (
                position.GetProperty("netMinor").GetInt64(), position.GetProperty("reservedMinor").GetInt64(),
                position.GetProperty("promisedMinor").GetInt64()));
        }
    }

    private Fault Next(Random random)
    {
        lock (random)
        {
            if (random.Next(OneIn) > 0)
            {
                return Fault.None;
            }

            _faults++;
            return Injected[random.Next(Injected.Length)];
        }
    }

    private async Task PayAsync(long amountMinor, string key)
    {
        while (true)
        {
            using var response = await _pair.PayAsync(amountMinor, key);
            if (response.IsSuccessStatusCode)
            {
                return;
            }

            Assert.True(
                response.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError,
                await response.Content.ReadAsStringAsync(Ct));
            await Task.Delay(20, Ct);
        }
    }

    private static async Task<int> CountAsync(ExchangeNode node, string state)
    {
        var page = await node.Admin.Client.GetFromJsonAsync<JsonElement>("/api/trade/transfers?limit=100", Ct);
        return page.GetProperty("items").EnumerateArray().Count(t => t.GetProperty("state").GetString() == state);
    }
}
