using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Coop.Identity.Keys;
using Coop.Node.Tests.Accounts;
using Coop.Testing;
using Coop.Testing.Faults;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Coop.Node.Tests.Exchange;

/// <summary>
/// A fault at each step between node and database while a wallet fetches a credential: it gets one, and one
/// was issued.
/// </summary>
public sealed class IssuingFaultTests(ITestOutputHelper output)
{
    private static readonly Fault[] Injected =
    [
        Fault.SerializationFailure, Fault.LostBefore, Fault.LostDuring, Fault.LostAfter,
        Fault.UnknownNotPersisted, Fault.UnknownPersisted,
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Credential_IsIssuedOnce_WhateverFails()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        await using var database = await TestDatabase.CreateMigratedAsync();
        await using var proxy = FaultProxy.Start(database.ConnectionString, seed);
        await using var acorn = await ExchangeNode.StartAsync("Acorn", WithoutBackgroundWork, database, proxy.ConnectionString);
        using var key = Ed25519Key.Generate();
        using var wallet = new TestWallet(key);
        long issued = 0;
        foreach (var fault in Injected)
        {
            var steps = 0;
            for (var reached = true; reached; steps++)
            {
                reached = await FetchAsync(acorn, wallet, proxy, fault, steps);
                Assert.Equal(++issued, await Db.CountAsync(acorn.Node, "credentials"));
                var events = await Db.EventsAsync(acorn.Node);
                Assert.Equal(issued, events.Count(e => e.Payload.TryGetProperty("attests", out _)));
            }

            output.WriteLine($"{fault}: {steps} steps");
            Assert.True(steps > 5);
        }
    }

    /// <summary>Fetches a credential under the fault at one group of statements; whether there was such a group.</summary>
    private static async Task<bool> FetchAsync(
        ExchangeNode acorn, TestWallet wallet, FaultProxy proxy, Fault fault, int step)
    {
        var offered = await ExchangeNode.OfferAsync(acorn.Admin, new { type = "membership" });
        var offer = await wallet.ReadOfferAsync(offered.GetProperty("link").GetString()!);
        var issuer = offer["credential_issuer"]!.GetValue<string>();
        using var redeemed = await wallet.RedeemAsync(offer, offered.GetProperty("txCode").GetString());
        var token = (await redeemed.Content.ReadFromJsonAsync<JsonObject>(Ct))!["access_token"]!.GetValue<string>();
        var proof = wallet.Prove(wallet.Holder.Key, issuer, await wallet.NonceAsync(issuer));
        var (left, struck) = (step, false);
        proxy.Decide(_ =>
        {
            var now = !struck && left-- == 0;
            struck |= now;
            return now ? fault : Fault.None;
        });

        using var answer = await wallet.RequestAsync(issuer, token, "MembershipCredential_vc+jwt", proof);

        proxy.Decide(_ => Fault.None);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return struck;
    }

    // The sequencer and its like speak through the same proxy: a fault must strike the request.
    private static void WithoutBackgroundWork(WebApplicationBuilder builder)
    {
        var background = builder.Services
            .Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType?.IsAssignableTo(typeof(BackgroundService)) == true)
            .ToList();
        background.ForEach(s => builder.Services.Remove(s));
    }
}
