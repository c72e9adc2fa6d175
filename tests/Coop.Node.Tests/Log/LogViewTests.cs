using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Coop.Federation.Log;
using Coop.Node.Database;
using Coop.Testing;
using Microsoft.Extensions.DependencyInjection;
using static Coop.Node.Tests.Log.TestLog;

namespace Coop.Node.Tests.Log;

/// <summary>The log as members see it.</summary>
public sealed class LogViewTests
{
    [Fact]
    public async Task MembersSeeEventsNewestFirst_PageByPage()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        using var ada = await admin.InviteAsync(node, "Ada");
        await AppendAsync(node, 12);
        var total = await SettledAsync(node);

        var seen = new List<JsonElement>();
        var cursor = "";
        do
        {
            var page = await ada.Client.GetFromJsonAsync<JsonElement>($"/api/log/events?limit=5{cursor}", Ct);
            seen.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("nextCursor").GetString() is { } next ? "&cursor=" + next : null;
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Range(0, (int)total).Reverse(), seen.Select(e => e.GetProperty("seq").GetInt32()));
        Assert.Equal(seen.Select(e => e.GetProperty("actor").GetString() == ada.Actor), seen.Select(IsMine));
        Assert.Contains(seen, IsMine);

        var mine = await ada.Client.GetFromJsonAsync<JsonElement>("/api/log/events?mine=true", Ct);
        Assert.Equal(
            seen.Where(IsMine).Select(IdOf), mine.GetProperty("items").EnumerateArray().Select(IdOf));
    }

    [Fact]
    public async Task AnEventThatWaitsIsShownWithoutAPosition()
    {
        var stalled = new StalledSequencer(Coop.Node.Log.SequencerStep.BatchPrepared);
        await using var node = await TestNode.StartAsync(b => b.Services.AddSingleton<Coop.Node.Log.ISequencerObserver>(stalled));
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        var page = await admin.Client.GetFromJsonAsync<JsonElement>("/api/log/events?mine=true&limit=1", Ct);
        var waiting = page.GetProperty("items").EnumerateArray().Single();
        Assert.Equal(JsonValueKind.Null, waiting.GetProperty("seq").ValueKind);

        var one = await admin.Client.GetFromJsonAsync<JsonElement>($"/api/log/events/{IdOf(waiting)}", Ct);
        Assert.Equal(JsonValueKind.Null, one.GetProperty("entry").ValueKind);
        stalled.WakeUp();
        await EventuallyAsync(async () => (await admin.Client.GetFromJsonAsync<JsonElement>(
            $"/api/log/events/{IdOf(waiting)}", Ct)).GetProperty("seq").ValueKind == JsonValueKind.Number);
    }

    [Fact]
    public async Task APayloadIsForThoseWhoMaySeeIt_AndOpensTheEntrysHash()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        using var ada = await admin.InviteAsync(node, "Ada");
        var secret = await WriteAsync(node, ada.Actor, Visibility.Private);
        var shared = await WriteAsync(node, ada.Actor, Visibility.Members);
        await SettledAsync(node);

        Assert.Equal(JsonValueKind.Null, (await ReadAsync(admin, secret)).GetProperty("payload").ValueKind);
        Assert.Equal(JsonValueKind.Null, (await ReadAsync(admin, secret)).GetProperty("salt").ValueKind);
        foreach (var answer in new[] { await ReadAsync(ada, secret), await ReadAsync(ada, shared), await ReadAsync(admin, shared) })
        {
            Assert.True(LogEntry.TryParse(Encoding.UTF8.GetBytes(answer.GetProperty("entry").GetString()!), out var entry));
            var payload = Coop.Identity.Json.CanonicalJson.Serialize(JsonNode.Parse(answer.GetProperty("payload").GetRawText()));
            var salt = answer.GetProperty("salt").GetBytesFromBase64();
            Assert.Equal(entry!.PayloadHash.ToArray(), PayloadHash.Compute(salt, payload));
        }

        using var unknown = await ada.Client.GetAsync(
            new Uri("/api/log/events/01930000-0000-7000-8000-000000000000", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private static bool IsMine(JsonElement e) => e.GetProperty("mine").GetBoolean();

    private static Guid IdOf(JsonElement e) => e.GetProperty("id").GetGuid();

    private static Task<JsonElement> ReadAsync(TestMember member, Guid id) =>
        member.Client.GetFromJsonAsync<JsonElement>($"/api/log/events/{id}", Ct);

    private static Task<Guid> WriteAsync(TestNode node, string actor, Visibility visibility) =>
        node.Services.GetRequiredService<Transactions>().WriteAsync(
            (scope, _) => Task.FromResult(scope.Append(new EventDraft(
                "test.event", actor, "test:1", visibility, new JsonObject { ["note"] = "só för mig" }))),
            Ct);

    /// <summary>Waits until nothing waits any more, and answers the size of the log.</summary>
    private static async Task<long> SettledAsync(TestNode node)
    {
        var last = (await AppendAsync(node))[0];
        await EventuallyAsync(async () =>
        {
            using var receipt = await node.Client.GetAsync(new Uri($"/log/events/{last}/receipt", UriKind.Relative), Ct);
            return receipt.IsSuccessStatusCode;
        });
        return (await CheckpointAsync(node)).Size;
    }
}
