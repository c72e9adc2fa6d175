using System.Text.Json;
using Coop.Testing;

namespace Coop.Node.Tests.Governance;

public sealed class AnnouncementTests(CoopFixture coop) : IClassFixture<CoopFixture>
{
    [Fact]
    public async Task EachMemberHasTheirOwnMark()
    {
        var before = await UnreadAsync(coop.Ada);
        var published = (await coop.Admin.AnnounceAsync("Market day", "At eight.")).Succeeds();
        Assert.Equal(before + 1, await UnreadAsync(coop.Ada));

        coop.Time.Advance(TimeSpan.FromMinutes(1));
        var read = (await coop.Ada.MarkReadAsync(published.Id)).Succeeds();

        Assert.Equal(coop.Time.GetUtcNow(), read.Time("readAt"));
        Assert.Equal(before, await UnreadAsync(coop.Ada));
        var seen = await FindAsync(coop.Ada, published.Id);
        Assert.Equal(read.Time("readAt"), seen.GetProperty("readAt").GetDateTimeOffset());
        Assert.Equal("Market day", seen.GetProperty("title").GetString());
        Assert.Equal("At eight.", seen.GetProperty("body").GetString());
        Assert.Equal("Alex Admin", seen.GetProperty("author").GetProperty("name").GetString());
        Assert.Equal(published.Time("publishedAt"), seen.GetProperty("publishedAt").GetDateTimeOffset());
        var bobs = await FindAsync(coop.Bob, published.Id);
        Assert.Equal(JsonValueKind.Null, bobs.GetProperty("readAt").ValueKind);
    }

    [Fact]
    public async Task MarkingAgain_AnswersTheFirstTime_AndIsNoEvent()
    {
        var id = (await coop.Admin.AnnounceAsync()).Succeeds().Id;
        var first = (await coop.Ada.MarkReadAsync(id)).Succeeds();
        coop.Time.Advance(TimeSpan.FromMinutes(1));
        var again = (await coop.Ada.MarkReadAsync(id)).Succeeds();

        Assert.Equal(first.Time("readAt"), again.Time("readAt"));
        Assert.Equal(JsonValueKind.Null, again.Body.GetProperty("eventId").ValueKind);
        var trail = await Trail.ReadAsync(coop.Node, id);
        Assert.Equal(["announcement.published", "announcement.read"], trail.Select(e => e.Type));
        Assert.Equal([coop.Admin.Actor, coop.Ada.Actor], trail.Select(e => e.Actor));
        Assert.Equal(["members", "private"], trail.Select(e => e.Visibility));
        Assert.Equal(first.EventId, trail[1].Id);
        Assert.Equal(
            [
                $$"""{"announcementId":"{{id}}","body":"We open at eight.","title":"Market day"}""",
                $$"""{"announcementId":"{{id}}"}""",
            ],
            trail.Select(e => e.Payload.GetRawText()));
    }

    [Fact]
    public async Task MarkingTwentyTimesAtOnce_IsOneMark()
    {
        var id = (await coop.Admin.AnnounceAsync()).Succeeds().Id;
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => coop.Bob.MarkReadAsync(id)));

        Assert.All(answers, a => a.Succeeds());
        Assert.Single(answers.Select(a => a.Time("readAt")).Distinct());
        var withEvent = Assert.Single(
            answers, a => a.Body.GetProperty("eventId").ValueKind == JsonValueKind.String);
        Assert.Equal(withEvent.EventId, (await Trail.ReadAsync(coop.Node, id))[1].Id);
        Assert.Equal(2, (await Trail.ReadAsync(coop.Node, id)).Count);
    }

    [Fact]
    public async Task ListIsPagedNewestFirst()
    {
        var published = new List<Guid>();
        for (var i = 0; i < 7; i++)
        {
            coop.Time.Advance(TimeSpan.FromMilliseconds(5));
            published.Add((await coop.Admin.AnnounceAsync($"Number {i}")).Succeeds().Id);
        }

        published.Reverse();
        foreach (var limit in new[] { 1, 3, 7, 200 })
        {
            var items = await coop.Bob.ListAsync("/api/announcements", limit);
            Assert.Equal(published, items.Take(7).Select(i => i.GetProperty("id").GetGuid()));
        }
    }

    private static async Task<long> UnreadAsync(TestMember member) =>
        (await member.GetAsync("/api/announcements?limit=1")).Succeeds()
            .Body.GetProperty("unreadCount").GetInt64();

    private static async Task<JsonElement> FindAsync(TestMember member, Guid id) =>
        (await member.ListAsync("/api/announcements", 50))
            .Single(i => i.GetProperty("id").GetGuid() == id);
}
