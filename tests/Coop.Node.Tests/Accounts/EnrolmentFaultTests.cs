using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Coop.Testing;
using Coop.Testing.Faults;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Coop.Node.Tests.Accounts;

/// <summary>
/// A fault at each step between node and database while somebody enrols and signs in: each succeeds, and
/// has happened once.
/// </summary>
public sealed class EnrolmentFaultTests(ITestOutputHelper output)
{
    private static readonly Fault[] Injected =
    [
        Fault.SerializationFailure, Fault.LostBefore, Fault.LostDuring, Fault.LostAfter,
        Fault.UnknownNotPersisted, Fault.UnknownPersisted,
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EnrolmentAndSignIn_HappenOnce_WhateverFails()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        await using var database = await TestDatabase.CreateMigratedAsync();
        await using var proxy = FaultProxy.Start(database.ConnectionString, seed);
        await using var node = await TestNode.StartAsync(
            WithoutBackgroundWork, database: database, arguments: [$"--COOP_DATABASE={proxy.ConnectionString}"]);
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        long members = 1;
        foreach (var fault in Injected)
        {
            // As many groups as there are: the first that is not reached ends the row.
            var steps = 0;
            for (var (step, reached) = (0, true); reached; step++)
            {
                using var session = new PasskeySession(node.Address);
                reached = await EnrolAsync(admin, session, proxy, fault, step);
                await AssertConsistentAsync(node, ++members);
                reached |= await SignInAsync(session, proxy, fault, step);
                steps += reached ? 1 : 0;
            }

            output.WriteLine($"{fault}: {steps} steps");
            Assert.True(steps > 5);
        }
    }

    /// <summary>Enrols under the fault; whether it struck.</summary>
    private static async Task<bool> EnrolAsync(
        TestMember admin, PasskeySession session, FaultProxy proxy, Fault fault, int step)
    {
        var link = await InviteAsync(admin);
        var started = await session.StartRegistrationAsync(link, "Ada");
        var credential = session.Authenticator.Create(started.GetProperty("options"));
        var strike = Strike.Once(proxy, fault, step);

        using var answer = await session.SendAsync("/api/passkeys/registration", started, credential);

        strike.Stop();
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return strike.Struck;
    }

    private static async Task<bool> SignInAsync(PasskeySession session, FaultProxy proxy, Fault fault, int step)
    {
        var started = await session.StartAssertionAsync();
        var credential = session.Authenticator.Get(started.GetProperty("options"));
        var strike = Strike.Once(proxy, fault, step);

        using var answer = await session.SendAsync("/api/passkeys/assertion", started, credential);

        strike.Stop();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return strike.Struck;
    }

    // The sequencer and its like speak through the same proxy: a fault must strike the request.
    private static void WithoutBackgroundWork(WebApplicationBuilder builder)
    {
        var background = builder.Services
            .Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType?.IsAssignableTo(typeof(BackgroundService)) == true)
            .ToList();
        background.ForEach(s => builder.Services.Remove(s));
    }

    private static async Task AssertConsistentAsync(TestNode node, long members)
    {
        Assert.Equal(members, await Db.CountAsync(node, "members"));
        Assert.Equal(members, await Db.CountAsync(node, "passkeys"));
        Assert.Equal(members, await Db.CountAsync(node, "invitations", "used_by IS NOT NULL"));
        Assert.Equal(members, (await Db.EventsAsync(node)).Count(e => e.Payload.TryGetProperty("name", out _)));
    }

    private static async Task<string> InviteAsync(TestMember admin)
    {
        using var response = await admin.Client.PostAsJsonAsync("/api/invitations", new { }, Ct);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("link").GetString()!;
    }

    /// <summary>One fault, at the n-th group of statements.</summary>
    private sealed class Strike
    {
        private readonly FaultProxy _proxy;
        private int _left;

        private Strike(FaultProxy proxy, int step) => (_proxy, _left) = (proxy, step);

        public bool Struck { get; private set; }

        public static Strike Once(FaultProxy proxy, Fault fault, int step)
        {
            var strike = new Strike(proxy, step);
            proxy.Decide(_ => strike.Decide(fault));
            return strike;
        }

        public void Stop() => _proxy.Decide(_ => Fault.None);

        private Fault Decide(Fault fault)
        {
            if (Struck || _left-- > 0)
            {
                return Fault.None;
            }

            Struck = true;
            return fault;
        }
    }
}
