using System.Net;
using System.Text.Json;
using Coop.Node.Features.Outbox;
using Coop.Node.Tests.Accounts;
using Coop.Testing;
using Coop.Testing.Faults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Coop.Node.Tests.Claims;

/// <summary>Lost answers, and a database that fails at each step: a claim is received once, and withdrawn once.</summary>
public sealed class ClaimFaultTests(ITestOutputHelper output)
{
    private static readonly Fault[] Injected =
        [Fault.SerializationFailure, Fault.LostBefore, Fault.LostAfter, Fault.UnknownNotPersisted, Fault.UnknownPersisted];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Claim_IsReceivedOnce_WhenAnswersAreLost()
    {
        var loss = new LostAnswers();
        await using var pair = await Pair.StartAsync(birch: b => b.Services.AddSingleton<IStartupFilter>(loss));
        loss.Count = 2;

        var id = (await pair.SendTradeReferenceAsync()).GetProperty("id").GetGuid();
        await pair.SentAsync(id, "received");
        Assert.Equal(0, loss.Count);
        loss.Count = 2;
        using var withdrawal = await pair.Acorn.Admin.Client.DeleteAsync($"/api/claims/{id}", Ct);
        await pair.SentAsync(id, "withdrawn");

        Assert.Equal(0, loss.Count);
        Assert.Equal(1, await Db.CountAsync(pair.Birch.Node, "claims_received"));
        Assert.Equal(["claim.received", "claim.withdrawn"], await Pair.TrailAsync(pair.Birch.Admin, $"claim:{id}"));
        Assert.Equal(["claim.sent", "claim.withdrawn"], await Pair.TrailAsync(pair.Acorn.Admin, $"claim:{id}"));
        Assert.Equal(0, await Db.CountAsync(pair.Acorn.Node, "federation_outbox"));
    }

    [Fact]
    public async Task Claim_IsSentOnce_WhateverFailsAtTheSender()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        await using var database = await TestDatabase.CreateMigratedAsync();
        await using var proxy = FaultProxy.Start(database.ConnectionString, seed);
        await using var pair = await Pair.StartAsync(WithoutWorker, proxy.ConnectionString, database);
        var sender = pair.Acorn.Node.Services.GetRequiredService<OutboxSender>();
        long claims = 0;
        foreach (var fault in Injected)
        {
            for (var step = 0; step < 16; step++)
            {
                await pair.SendTradeReferenceAsync();
                claims++;
                await UnderFaultAsync(proxy, fault, step, () => sender.SendDueAsync(Ct));
                await SendAllAsync(pair, sender);
                await ClaimTests.ExecuteAsync(pair.Acorn.Node, "UPDATE claims_sent SET attests = id::text WHERE attests = 'bread'");

                Assert.Equal(claims, await Db.CountAsync(pair.Acorn.Node, "claims_sent", "state = 'received' AND receipt IS NOT NULL"));
                Assert.Equal(claims, await Db.CountAsync(pair.Birch.Node, "claims_received"));
            }
        }

        Assert.Equal(claims, await Db.CountAsync(pair.Birch.Node, "event_payloads", "payload LIKE '%claimId%'"));
    }

    [Fact]
    public async Task WhatIsShared_IsReadAndErasedOnce_WhenAnswersAreLost()
    {
        var (atOwner, atReader) = (new LostAnswers("/federation/payloads"), new LostAnswers("/federation/erasures"));
        await using var pair = await Pair.StartAsync(
            acorn: b => b.Services.AddSingleton<IStartupFilter>(atOwner), birch: b => b.Services.AddSingleton<IStartupFilter>(atReader));
        var eventId = (await CommonsTests.ShareAsync(pair, "a,b", "text/csv")).GetProperty("eventId").GetGuid();
        await Pair.InLogAsync(pair.Acorn.Admin, eventId);
        atOwner.Count = 1;
        await Assert.ThrowsAsync<HttpRequestException>(() => CommonsTests.FetchAsync(pair, eventId));
        Assert.Equal(0, atOwner.Count);
        await CommonsTests.FetchAsync(pair, eventId);
        atReader.Count = 2;

        using var erased = await CommonsTests.EraseAsync(pair.Acorn.Admin, eventId, "Sent by mistake");
        await CommonsTests.UntilConfirmedAsync(pair.Acorn.Admin, eventId);

        Assert.Equal(0, atReader.Count);
        Assert.Equal(["payload.erased"], await Pair.TrailAsync(pair.Acorn.Admin, $"event:{eventId}"));
        Assert.Equal(["payload.erasure-confirmed"], await Pair.TrailAsync(pair.Birch.Admin, $"event:{eventId}"));
        Assert.Equal(1, await Db.CountAsync(pair.Birch.Node, "commons_copies", "state = 'erased' AND payload IS NULL"));
        Assert.Equal(0, await Db.CountAsync(pair.Acorn.Node, "federation_outbox"));
    }

    [Fact]
    public async Task WhatAPeerRefusesForGood_StopsAndIsShown_IsSentAgainByPeople_AndDroppedWithThePeering()
    {
        var refusal = new Refusing();
        await using var pair = await Pair.StartAsync(birch: b => b.Services.AddSingleton<IStartupFilter>(refusal));
        refusal.IsOn = true;
        var id = (await pair.SendTradeReferenceAsync()).GetProperty("id").GetGuid();
        var failed = await FailedAsync(pair);
        Assert.Equal(("claim", id, "status-400"), (
            failed.GetProperty("kind").GetString(), failed.GetProperty("ref").GetGuid(), failed.GetProperty("problem").GetString()));
        Assert.Equal(JsonValueKind.Null, failed.GetProperty("dueAt").ValueKind);
        // It is looked at, and not sent.
        refusal.IsOn = false;
        await ClaimTests.ExecuteAsync(pair.Acorn.Node, "UPDATE federation_outbox SET due_at = created_at");
        while (await Db.CountAsync(pair.Acorn.Node, "federation_outbox", "due_at > created_at") == 0)
        {
            await Task.Delay(50, Ct);
        }

        Assert.Equal(0, await Db.CountAsync(pair.Birch.Node, "claims_received"));
        using var again = await pair.Acorn.Admin.Client.PostAsync(
            $"/api/outbox/{failed.GetProperty("id").GetGuid()}/send-again", null, Ct);
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
        await pair.SentAsync(id, "received");

        refusal.IsOn = true;
        await ClaimTests.ExecuteAsync(pair.Acorn.Node, "UPDATE claims_sent SET attests = id::text WHERE attests = 'bread'");
        await pair.SendTradeReferenceAsync();
        await FailedAsync(pair);
        await Pair.EndAsync(pair.Acorn);
        await ClaimTests.ExecuteAsync(pair.Acorn.Node, "UPDATE federation_outbox SET due_at = created_at");
        while (await Db.CountAsync(pair.Acorn.Node, "federation_outbox") > 0)
        {
            await Task.Delay(50, Ct);
        }
    }

    private static async Task<JsonElement> FailedAsync(Pair pair) => await Pair.UntilAsync(
        pair.Acorn.Admin.Client, "/api/outbox", m => m.GetProperty("failedAt").ValueKind != JsonValueKind.Null);

    private static async Task UnderFaultAsync(FaultProxy proxy, Fault fault, int step, Func<Task> action)
    {
        var seen = 0;
        proxy.Decide(_ => seen++ == step ? fault : Fault.None);
        try
        {
            await action();
        }
        catch (Exception e) when (e is Npgsql.NpgsqlException or Coop.Node.Database.BusyException)
        {
            // As when the process dies there: the next round goes on.
        }

        proxy.Decide(_ => Fault.None);
    }

    /// <summary>As time passes: what was postponed or taken is due again.</summary>
    private static async Task SendAllAsync(Pair pair, OutboxSender sender)
    {
        while (await Db.CountAsync(pair.Acorn.Node, "federation_outbox") > 0)
        {
            await ClaimTests.ExecuteAsync(pair.Acorn.Node, "UPDATE federation_outbox SET due_at = created_at");
            await sender.SendDueAsync(Ct);
        }
    }

    private static void WithoutWorker(WebApplicationBuilder builder)
    {
        var worker = builder.Services.Single(
            s => s.ServiceType == typeof(IHostedService) && s.ImplementationType == typeof(OutboxWorker));
        builder.Services.Remove(worker);
    }

    /// <summary>Does what a peer asks for, and cuts the line before it hears of it.</summary>
    private sealed class LostAnswers(string path = "/federation/claims") : IStartupFilter
    {
        private int _count;

        public int Count
        {
            get => Volatile.Read(ref _count);
            set => Volatile.Write(ref _count, value);
        }

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (HttpContext http, RequestDelegate rest) =>
            {
                var isLost = http.Request.Path.StartsWithSegments(path) && Interlocked.Decrement(ref _count) >= 0;
                if (!isLost)
                {
                    Interlocked.CompareExchange(ref _count, 0, -1);
                    await rest(http);
                    return;
                }

                http.Response.Body = new MemoryStream();
                await rest(http);
                http.Abort();
            });
            next(app);
        };
    }

    /// <summary>Answers claims with a status that says nothing but no.</summary>
    private sealed class Refusing : IStartupFilter
    {
        public volatile bool IsOn;

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (HttpContext http, RequestDelegate rest) =>
            {
                if (IsOn && http.Request.Path.StartsWithSegments("/federation/claims"))
                {
                    http.Response.StatusCode = StatusCodes.Status400BadRequest;
                    return;
                }

                await rest(http);
            });
            next(app);
        };
    }
}
