using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Coop.Federation.Log.Notes;
using Coop.Node.Database;
using Coop.Node.Features.Commons;
using Coop.Node.Federation;
using Coop.Node.Log;
using Coop.Node.Tests.Accounts;
using Coop.Node.Tests.Audit;
using Coop.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Coop.Node.Tests.Claims;

/// <summary>What is shared between two real nodes, and what is erased again.</summary>
public sealed class CommonsTests
{
    private const string Csv = "crop,kg\npotatoes,120\nleeks,40\n";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dataset_IsRead_HeldAgainstTheLog_AndErasedOnBothSides()
    {
        await using var pair = await Pair.StartAsync();
        var item = await ShareAsync(pair, Csv, "text/csv");
        var eventId = item.GetProperty("eventId").GetGuid();
        await Pair.InLogAsync(pair.Acorn.Admin, eventId);
        var listed = Assert.Single(await ListedAsync(pair));
        Assert.Equal("Harvest", listed.GetProperty("title").GetString());

        var copy = await FetchAsync(pair, eventId);
        var path = $"/api/commons/copies/{copy.GetProperty("id").GetGuid()}";
        var held = await Pair.GetAsync(pair.Birch.Admin.Client, path);
        Assert.Equal(Csv, held.GetProperty("payload").GetProperty("content").GetString());
        await AuditBothAsync(pair);

        using var erased = await EraseAsync(pair.Acorn.Admin, eventId, "Sent by mistake");
        Assert.Equal(HttpStatusCode.OK, erased.StatusCode);
        var erasedBy = JsonElement.Parse(await erased.Content.ReadAsStringAsync(Ct)).GetProperty("eventId").GetGuid();
        var read = await UntilConfirmedAsync(pair.Acorn.Admin, eventId);
        Assert.Equal(erasedBy, read.GetProperty("erased").GetProperty("eventId").GetGuid());
        Assert.Equal("Sent by mistake", read.GetProperty("erased").GetProperty("reason").GetString());
        Assert.Equal(JsonValueKind.Null, read.GetProperty("payload").ValueKind);
        Assert.Equal(JsonValueKind.Null, read.GetProperty("salt").ValueKind);

        var gone = await Pair.GetAsync(pair.Birch.Admin.Client, path);
        Assert.Equal(JsonValueKind.Null, gone.GetProperty("payload").ValueKind);
        Assert.Equal(1, await Db.CountAsync(pair.Birch.Node, "commons_copies", "payload IS NULL AND salt IS NULL AND entry IS NULL"));
        Assert.Equal(1, await Db.CountAsync(pair.Acorn.Node, "event_payloads", $"event_id = '{eventId}' AND salt = '' AND payload = ''"));
        Assert.Empty(await ListedAsync(pair));
        await Pair.InLogAsync(pair.Acorn.Admin, erasedBy);
        Assert.Equal(["payload.erased"], await Pair.TrailAsync(pair.Acorn.Admin, $"event:{eventId}"));
        Assert.Equal(["payload.erasure-confirmed"], await Pair.TrailAsync(pair.Birch.Admin, $"event:{eventId}"));
        await AuditBothAsync(pair);
        using var again = await EraseAsync(pair.Acorn.Admin, eventId, "Again");
        Assert.Equal("payload-erased", await Pair.ProblemAsync(again, HttpStatusCode.Gone));
        using var refetched = await PostAsync(
            pair.Birch.Admin, "/api/commons/copies", new { peer = pair.Acorn.Did, eventId });
        Assert.Equal("payload-erased", await Pair.ProblemAsync(refetched, HttpStatusCode.Gone));
    }

    [Fact]
    public async Task Event_IsShared_UnlessItIsPrivate()
    {
        await using var pair = await Pair.StartAsync();
        using var ada = await pair.MemberAsync("Ada", "membership");
        var consent = (await Pair.GetAsync(ada.Client, "/api/me/consents")).GetProperty("consents")[0].GetProperty("eventId").GetGuid();
        await Pair.InLogAsync(ada, consent);
        using var refused = await PostAsync(pair.Acorn.Admin, "/api/commons/events", new { eventId = consent });
        Assert.Equal("not-shareable", await Pair.ProblemAsync(refused, HttpStatusCode.Conflict));

        var news = await ExchangeNode.PostAsync(
            pair.Acorn.Admin.Client, "/api/announcements", new { title = "Harvest", body = "On Sunday." });
        var eventId = news.GetProperty("eventId").GetGuid();
        await Pair.InLogAsync(pair.Acorn.Admin, eventId);
        var item = await ExchangeNode.PostAsync(pair.Acorn.Admin.Client, "/api/commons/events", new { eventId });
        using var twice = await PostAsync(pair.Acorn.Admin, "/api/commons/events", new { eventId });
        Assert.Equal("not-shareable", await Pair.ProblemAsync(twice, HttpStatusCode.Conflict));

        var copy = await FetchAsync(pair, eventId);
        var held = await Pair.GetAsync(pair.Birch.Admin.Client, $"/api/commons/copies/{copy.GetProperty("id").GetGuid()}");
        Assert.Equal("On Sunday.", held.GetProperty("payload").GetProperty("body").GetString());
        using var withdrawn = await pair.Acorn.Admin.Client.DeleteAsync($"/api/commons/{item.GetProperty("id").GetGuid()}", Ct);
        Assert.Equal(HttpStatusCode.OK, withdrawn.StatusCode);
        Assert.Empty(await ListedAsync(pair));
        Assert.Equal(1, await Db.CountAsync(pair.Birch.Node, "commons_copies", "state = 'held'"));
    }

    [Fact]
    public async Task WhatIsSharedWithSomebodyElse_IsNotListed_NorGivenOut()
    {
        await using var pair = await Pair.StartAsync();
        var item = await ExchangeNode.PostAsync(
            pair.Acorn.Admin.Client, "/api/commons/datasets",
            new { title = "Secret", mediaType = "text/csv", content = Base64(Csv), audience = new[] { "did:example:other" } });
        var eventId = item.GetProperty("eventId").GetGuid();
        await Pair.InLogAsync(pair.Acorn.Admin, eventId);

        Assert.Empty(await ListedAsync(pair));
        using var refused = await PostAsync(pair.Birch.Admin, "/api/commons/copies", new { peer = pair.Acorn.Did, eventId });

        Assert.Equal("not-found", await Pair.ProblemAsync(refused, HttpStatusCode.NotFound));
        Assert.Equal(0, await Db.CountAsync(pair.Acorn.Node, "commons_fetches"));
    }

    [Theory]
    [InlineData("text/csv", "/w==")]
    [InlineData("application/json", "ew==")]
    [InlineData("application/json", "eyJhIjoxLCJhIjoyfQ==")]
    [InlineData("no type", "YQ==")]
    [InlineData("text/csv", "not base64")]
    [InlineData("text/csv", "")]
    public async Task Dataset_IsRefused_WhenItIsNotWhatItSays(string mediaType, string content)
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);

        using var refused = await PostAsync(admin, "/api/commons/datasets", new { title = "Harvest", mediaType, content });

        Assert.Equal("invalid-field", await Pair.ProblemAsync(refused, HttpStatusCode.UnprocessableEntity));
    }

    [Fact]
    public async Task Dataset_MayBeAsLargeAsItSays_AndNoLarger()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        foreach (var (size, status) in new[]
            {
                (Document.MaxSizeBytes, HttpStatusCode.Created),
                (Document.MaxSizeBytes + 1, HttpStatusCode.UnprocessableEntity),
                (4 * Document.MaxSizeBytes, HttpStatusCode.RequestEntityTooLarge),
            })
        {
            using var response = await PostAsync(
                admin, "/api/commons/datasets",
                new { title = "Bytes", mediaType = "application/octet-stream", content = Convert.ToBase64String(new byte[size]) });
            Assert.Equal(status, response.StatusCode);
        }
    }

    [Fact]
    public async Task Payload_IsNotProven_WhenAnythingOfItIsAnother()
    {
        await using var pair = await Pair.StartAsync();
        var item = await ShareAsync(pair, Csv, "text/csv");
        var eventId = item.GetProperty("eventId").GetGuid();
        var inLog = await Pair.InLogAsync(pair.Acorn.Admin, eventId);
        using var receipt = await pair.Acorn.Node.Client.GetAsync($"/log/events/{eventId}/receipt", Ct);
        var key = pair.Acorn.Node.Services.GetRequiredService<NodeLog>().Vkey;
        var hash = Convert.FromBase64String(
            JsonElement.Parse(inLog.GetProperty("entry").GetString()!).GetProperty("payloadHash").GetString()!);
        var given = new SharedPayload(
            inLog.GetProperty("entry").GetString()!, inLog.GetProperty("salt").GetString()!,
            JsonNode.Parse(inLog.GetProperty("payload").GetRawText())!.AsObject(), await receipt.Content.ReadAsStringAsync(Ct));
        Assert.Equal(inLog.GetProperty("seq").GetInt64(), PayloadProof.Require(given, eventId, hash, key).Seq);

        var payload = given.Payload.DeepClone().AsObject();
        payload["content"] = Csv + "onions,1\n";
        Refuses(given with { Payload = payload });
        Refuses(given with { Salt = Convert.ToBase64String(new byte[32]) });
        Refuses(given with { Salt = "AA==" });
        Refuses(given with { Receipt = "" });
        Refuses(given with { Receipt = given.Receipt.Replace("index ", "index 1", StringComparison.Ordinal) });
        Refuses(given with { Entry = given.Entry.Replace("dataset.published", "dataset.publishex", StringComparison.Ordinal) });
        Refuses(given with { Entry = "{}" });
        Assert.Throws<FormatException>(() => PayloadProof.Require(given, Guid.Empty, hash, key));
        Assert.Throws<FormatException>(() => PayloadProof.Require(given, eventId, new byte[32], key));
        var other = pair.Birch.Node.Services.GetRequiredService<NodeLog>().Vkey;
        Assert.Throws<FormatException>(() => PayloadProof.Require(given, eventId, hash, other));

        void Refuses(SharedPayload bent) =>
            Assert.Throws<FormatException>(() => PayloadProof.Require(bent, eventId, hash, key));
    }

    [Fact]
    public async Task Copy_IsDeleted_WhenTheTimeThatTheTermsAllowAfterTheEndIsOver_AndNotBefore()
    {
        await using var pair = await Pair.StartAsync();
        var eventId = (await ShareAsync(pair, Csv, "text/csv")).GetProperty("eventId").GetGuid();
        await Pair.InLogAsync(pair.Acorn.Admin, eventId);
        await FetchAsync(pair, eventId);
        var services = pair.Birch.Node.Services;
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(36_500));
        var (transactions, peerings) = (services.GetRequiredService<Transactions>(), services.GetRequiredService<Peerings>());
        // As long as they are peers, time does not count.
        await new CommonsRetention(transactions, peerings, clock).RunAsync(Ct);
        Assert.Equal(1, await Db.CountAsync(pair.Birch.Node, "commons_copies", "state = 'held'"));
        await Pair.EndAsync(pair.Acorn);
        await Pair.EndAsync(pair.Birch);

        var days = Coop.Federation.Peering.PeeringGrant.Of().RetentionDays;
        clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(days - 1));
        var retention = new CommonsRetention(transactions, peerings, clock);
        await retention.RunAsync(Ct);
        Assert.Equal(1, await Db.CountAsync(pair.Birch.Node, "commons_copies", "state = 'held'"));
        clock.Advance(TimeSpan.FromDays(2));
        await Task.WhenAll(retention.RunAsync(Ct), retention.RunAsync(Ct));

        Assert.Equal(0, await Db.CountAsync(pair.Birch.Node, "commons_copies"));
        Assert.Equal(["payload.copy-deleted"], await Pair.TrailAsync(pair.Birch.Admin, $"event:{eventId}"));
        await AuditBothAsync(pair);
    }

    internal static Task<HttpResponseMessage> EraseAsync(TestMember member, Guid eventId, string reason) =>
        PostAsync(member, $"/api/log/events/{eventId}/erasure", new { reason });

    internal static Task<JsonElement> ShareAsync(Pair pair, string content, string mediaType) => ExchangeNode.PostAsync(
        pair.Acorn.Admin.Client, "/api/commons/datasets", new { title = "Harvest", mediaType, content = Base64(content) });

    private static async Task<IReadOnlyList<JsonElement>> ListedAsync(Pair pair)
    {
        var list = await Pair.GetAsync(
            pair.Birch.Admin.Client, $"/api/commons/shared-with-us?peer={Uri.EscapeDataString(pair.Acorn.Did)}");
        return [.. list.GetProperty("items").EnumerateArray()];
    }

    internal static Task<JsonElement> FetchAsync(Pair pair, Guid eventId) =>
        ExchangeNode.PostAsync(pair.Birch.Admin.Client, "/api/commons/copies", new { peer = pair.Acorn.Did, eventId });

    internal static async Task<JsonElement> UntilConfirmedAsync(TestMember reader, Guid eventId)
    {
        while (true)
        {
            var read = await Pair.GetAsync(reader.Client, $"/api/log/events/{eventId}");
            if (Assert.Single(read.GetProperty("erased").GetProperty("peers").EnumerateArray()).GetProperty("state").GetString() == "confirmed")
            {
                return read;
            }

            await Task.Delay(100, Ct);
        }
    }

    private static async Task AuditBothAsync(Pair pair)
    {
        foreach (var node in new[] { pair.Acorn.Node, pair.Birch.Node })
        {
            var audit = await AuditedNode.RunAsync(node);
            Assert.True(audit.ExitCode == 0, audit.Answer.ToString());
        }
    }

    private static Task<HttpResponseMessage> PostAsync(TestMember member, string path, object body) =>
        member.Client.PostAsJsonAsync(path, body, Ct);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
