using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Coop.Testing;

namespace Coop.Node.Tests.Processes;

/// <summary>kill -9 of the real program at any moment, then the same command.</summary>
public sealed class KillTests : IDisposable
{
    private readonly ProcessFixture _fixture = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What is there when start-up has come to a certain step.</summary>
    public static TheoryData<string> StepsOfStartUp =>
    [
        "", "postgres.lock", "postgres.new", "postgres.new/data/global", "postgres", "postgres/data/postmaster.pid",
        "postgres/data/global/pg_internal.init", "keys",
    ];

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [MemberData(nameof(StepsOfStartUp))]
    public async Task AtAStepOfTheFirstStart_LeavesAFolderThatStarts(string step)
    {
        var seen = Path.Combine(_fixture.Data, step);
        await using (var killed = NodeProcess.Start(_fixture.Data))
        {
            while (!Path.Exists(seen) && !killed.HasExited)
            {
                await Task.Delay(1, Token);
            }

            Assert.False(killed.HasExited, killed.Printed);
            await killed.KillAsync(Token);
        }

        await _fixture.NoDatabaseProcessRemainsAsync(Token);
        await using var node = await NodeProcess.ServeAsync(_fixture.Data, Token);
        using var session = await ProcessFixture.EnrolAsync(node, Token);
        Assert.NotNull(await ProcessFixture.TryDraftAsync(session.Http, "After the crash", Token));
        await _fixture.AuditAsync(node, Token);
    }

    [Fact]
    public async Task WhileWriting_LosesNothingThatWasAcknowledged()
    {
        const int Rounds = 3;
        const int AcknowledgedBeforeTheKill = 20;
        ConcurrentBag<Guid> acknowledged = [];
        PasskeySession? enrolled = null;
        for (var round = 0; round < Rounds; round++)
        {
            await using var node = await NodeProcess.ServeAsync(_fixture.Data, Token);
            enrolled = await SignInAsync(node, enrolled);
            var wanted = acknowledged.Count + AcknowledgedBeforeTheKill;
            var writers = Enumerable.Range(0, 4).Select(w => WriteAsync(enrolled.Http, $"{round}.{w}", acknowledged)).ToArray();
            while (acknowledged.Count < wanted)
            {
                await Task.Delay(5, Token);
            }

            await node.KillAsync(Token);
            await Task.WhenAll(writers);
            await _fixture.NoDatabaseProcessRemainsAsync(Token);
        }

        await using var last = await NodeProcess.ServeAsync(_fixture.Data, Token);
        enrolled = await SignInAsync(last, enrolled);
        var stored = await DraftEventsAsync(enrolled.Http);
        Assert.Equal(acknowledged.Count, acknowledged.Distinct().Count());
        Assert.Subset(stored, acknowledged.ToHashSet());
        await _fixture.AuditAsync(last, Token);
    }

    // Each draft's event, by the log as members see it.
    private static async Task<HashSet<Guid>> DraftEventsAsync(HttpClient http)
    {
        HashSet<Guid> events = [];
        var next = "/api/log/events?limit=200";
        while (true)
        {
            var page = await http.GetFromJsonAsync<JsonElement>(next, Token);
            foreach (var e in page.GetProperty("items").EnumerateArray())
            {
                events.Add(e.GetProperty("id").GetGuid());
            }

            if (page.GetProperty("nextCursor").GetString() is not { } cursor)
            {
                return events;
            }

            next = $"/api/log/events?limit=200&cursor={Uri.EscapeDataString(cursor)}";
        }
    }

    // The first time the administrator enrols; later the same passkey signs in at the new address.
    private static async Task<PasskeySession> SignInAsync(NodeProcess node, PasskeySession? enrolled)
    {
        if (enrolled is null)
        {
            return await ProcessFixture.EnrolAsync(node, Token);
        }

        var session = new PasskeySession(node.Address, enrolled.Authenticator);
        await session.SignInAsync();
        return session;
    }

    private static async Task WriteAsync(HttpClient http, string name, ConcurrentBag<Guid> acknowledged)
    {
        for (var i = 0; ; i++)
        {
            if (await ProcessFixture.TryDraftAsync(http, $"Proposal {name}.{i}", Token) is not { } eventId)
            {
                return;
            }

            acknowledged.Add(eventId);
        }
    }
}
