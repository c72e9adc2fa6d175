using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Coop.Node.Http;
using Coop.Testing;

namespace Coop.Node.Tests.Governance;

/// <summary>What the node answered to a member.</summary>
internal sealed record Answer(HttpStatusCode Status, JsonElement Body)
{
    public Guid Id => Body.GetProperty("id").GetGuid();

    public Guid EventId => Body.GetProperty("eventId").GetGuid();

    public string? Problem => Status < HttpStatusCode.BadRequest
        ? null
        : Body.GetProperty("type").GetString()![ProblemType.UriPrefix.Length..];

    public string? Text(string name) => Body.GetProperty(name).GetString();

    public DateTimeOffset Time(string name) => Body.GetProperty(name).GetDateTimeOffset();

    public Answer Succeeds()
    {
        Assert.True(Status < HttpStatusCode.BadRequest, $"{Status} {Body}");
        return this;
    }

    public void IsRefused(ProblemType type)
    {
        Assert.Equal(type.Code, Problem);
        Assert.Equal(type.Status, (int)Status);
    }
}

/// <summary>Governance's endpoints, as a member calls them.</summary>
internal static class GovernanceCalls
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Task<Answer> GetAsync(this TestMember member, string path) =>
        SendAsync(member, HttpMethod.Get, path, null);

    public static Task<Answer> DraftAsync(
        this TestMember member, string title = "Buy a cargo bike", string body = "For deliveries.") =>
        SendAsync(member, HttpMethod.Post, "/api/proposals", new { title, body });

    public static Task<Answer> EditAsync(this TestMember member, Guid id, string title, string body) =>
        SendAsync(member, HttpMethod.Put, $"/api/proposals/{id}", new { title, body });

    public static Task<Answer> OpenAsync(this TestMember member, Guid id, DateTimeOffset closesAt) =>
        SendAsync(member, HttpMethod.Post, $"/api/proposals/{id}/open", new { closesAt });

    public static Task<Answer> WithdrawAsync(this TestMember member, Guid id) =>
        SendAsync(member, HttpMethod.Post, $"/api/proposals/{id}/withdraw", null);

    public static Task<Answer> VoteAsync(this TestMember member, Guid id, string choice) =>
        SendAsync(member, HttpMethod.Put, $"/api/proposals/{id}/vote", new { choice });

    public static Task<Answer> SeeAsync(this TestMember member, Guid id) =>
        member.GetAsync($"/api/proposals/{id}");

    public static Task<Answer> AnnounceAsync(
        this TestMember member, string title = "Market day", string body = "We open at eight.") =>
        SendAsync(member, HttpMethod.Post, "/api/announcements", new { title, body });

    public static Task<Answer> MarkReadAsync(this TestMember member, Guid id) =>
        SendAsync(member, HttpMethod.Put, $"/api/announcements/{id}/read", null);

    public static async Task<Guid> OpenedAsync(this TestMember author, DateTimeOffset closesAt)
    {
        var draft = (await author.DraftAsync()).Succeeds();
        (await author.OpenAsync(draft.Id, closesAt)).Succeeds();
        return draft.Id;
    }

    /// <summary>All items of a list, page by page.</summary>
    public static async Task<List<JsonElement>> ListAsync(
        this TestMember member, string path, int limit)
    {
        var items = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            var page = (await member.GetAsync(
                $"{path}{separator}limit={limit}" + (cursor is null ? "" : $"&cursor={cursor}")))
                .Succeeds();
            var found = page.Body.GetProperty("items").EnumerateArray().ToList();
            Assert.InRange(found.Count, 0, limit);
            items.AddRange(found);
            cursor = page.Text("nextCursor");
        }
        while (cursor is not null);
        return items;
    }

    public static async Task<Answer> SendAsync(
        this TestMember member, HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = body as HttpContent ?? JsonContent.Create(body);
        }

        using var response = await member.Client.SendAsync(request, Ct);
        var text = await response.Content.ReadAsStringAsync(Ct);
        using var document = JsonDocument.Parse(text is "" ? "null" : text);
        return new Answer(response.StatusCode, document.RootElement.Clone());
    }
}
