using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Coop.Federation.Peering;
using Coop.Node.Database;
using Coop.Node.Federation;
using Coop.Node.Tests.Dids;
using Coop.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Coop.Node.Tests.Claims;

/// <summary>Two co-ops, Acorn and Birch, that are peered and let each other send claims and read what they share.</summary>
internal sealed class Pair : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private Pair(ExchangeNode acorn, ExchangeNode birch) => (Acorn, Birch) = (acorn, birch);

    public ExchangeNode Acorn { get; }

    public ExchangeNode Birch { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<Pair> StartAsync(
        Action<WebApplicationBuilder>? acorn = null, string? acornDatabase = null, TestDatabase? database = null,
        Action<WebApplicationBuilder>? birch = null, params PeeringScope[] scopes)
    {
        var pair = new Pair(
            await ExchangeNode.StartAsync("Acorn", acorn, database, acornDatabase), await ExchangeNode.StartAsync("Birch", birch));
        await PeeredNodes.PeerAsync(pair.Acorn, pair.Birch, scopes is [] ? [PeeringScope.Claims] : scopes);
        return pair;
    }

    /// <summary>A member of Acorn with a wallet, who has consented to a kind.</summary>
    public async Task<TestMember> MemberAsync(string name, params string[] kinds)
    {
        var member = await Acorn.Admin.InviteAsync(Acorn.Node, name);
        using var linked = await Wallet.New().LinkAsync(member, Ct);
        linked.EnsureSuccessStatusCode();
        foreach (var kind in kinds)
        {
            await ExchangeNode.PostAsync(member.Client, "/api/me/consents", new { peer = Birch.Did, kind });
        }

        return member;
    }

    /// <summary>Acorn claims something about itself towards Birch.</summary>
    public Task<JsonElement> SendTradeReferenceAsync() => ExchangeNode.PostAsync(
        Acorn.Admin.Client, "/api/claims",
        new
        {
            peer = Birch.Did, kind = "trade-reference", purpose = "To deliver on account",
            retainUntil = TimeProvider.System.GetUtcNow().AddDays(30), showToMembers = true, tradesIn = "bread",
        });

    /// <summary>Acorn claims something about a member towards Birch.</summary>
    public Task<HttpResponseMessage> SendAboutAsync(TestMember member, string kind) => Acorn.Admin.Client.PostAsJsonAsync(
        "/api/claims",
        new
        {
            peer = Birch.Did, kind, memberId = member.Id, purpose = "To let her use the workshop",
            retainUntil = TimeProvider.System.GetUtcNow().AddDays(30), showToMembers = false, skill = kind == "skill" ? "baking" : null,
        },
        Ct);

    /// <summary>Acorn's claim once it is in that state.</summary>
    public Task<JsonElement> SentAsync(Guid id, string state) => UntilAsync(
        Acorn.Admin.Client, "/api/claims", c => c.GetProperty("id").GetGuid() == id && c.GetProperty("state").GetString() == state);

    /// <summary>Asks until the list has an item of that kind.</summary>
    public static async Task<JsonElement> UntilAsync(HttpClient client, string path, Func<JsonElement, bool> isIt)
    {
        var end = TimeProvider.System.GetUtcNow() + Patience;
        while (true)
        {
            var list = await client.GetFromJsonAsync<JsonElement>(path, Ct);
            foreach (var item in list.GetProperty("items").EnumerateArray().Where(isIt))
            {
                return item;
            }

            Assert.True(TimeProvider.System.GetUtcNow() < end, $"It never came to be; {path} has {list}");
            await Task.Delay(100, Ct);
        }
    }

    public static async Task<JsonElement> GetAsync(HttpClient client, string path) =>
        await client.GetFromJsonAsync<JsonElement>(path, Ct);

    /// <summary>The code of a refusal.</summary>
    public static async Task<string> ProblemAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.StatusCode == status, $"{(int)response.StatusCode} {text}");
        return JsonElement.Parse(text).GetProperty("type").GetString()!["urn:coop:problem:".Length..];
    }

    /// <summary>Waits until an event stands in a node's log.</summary>
    public static async Task<JsonElement> InLogAsync(TestMember reader, Guid eventId)
    {
        var end = TimeProvider.System.GetUtcNow() + Patience;
        while (true)
        {
            var found = await GetAsync(reader.Client, $"/api/log/events/{eventId}");
            if (found.GetProperty("seq").ValueKind == JsonValueKind.Number)
            {
                return found;
            }

            Assert.True(TimeProvider.System.GetUtcNow() < end, "The event never got its place.");
            await Task.Delay(100, Ct);
        }
    }

    /// <summary>What a node's log says of a subject, oldest first: the types.</summary>
    public static async Task<IReadOnlyList<string>> TrailAsync(TestMember reader, string subject)
    {
        var events = await GetAsync(reader.Client, "/api/log/events?limit=200");
        return
        [
            .. events.GetProperty("items").EnumerateArray()
                .Where(e => e.GetProperty("subject").GetString() == subject)
                .Select(e => e.GetProperty("type").GetString()!).Reverse(),
        ];
    }

    /// <summary>Ends the peering on a side.</summary>
    public static Task EndAsync(ExchangeNode node) => ChangeAsync(node, s => s with { IsEnded = true });

    /// <summary>Suspends or resumes the peering on a side.</summary>
    public static Task SuspendAsync(ExchangeNode node, bool isSuspended) => ChangeAsync(
        node, s => s with { OurHold = isSuspended ? PeeringHold.Suspended : PeeringHold.None });

    public async ValueTask DisposeAsync()
    {
        await Acorn.DisposeAsync();
        await Birch.DisposeAsync();
    }

    private static T Get<T>(ExchangeNode node)
        where T : notnull => node.Node.Services.GetRequiredService<T>();

    private static async Task ChangeAsync(ExchangeNode node, Func<PeeringStanding, PeeringStanding> change)
    {
        await Get<Transactions>(node).MaintainAsync(
            async (t, c) =>
            {
                var record = (await PeeringStore.ListOpenAsync(t.Connection!, c)).Single();
                await PeeringStore.UpdateAsync(t, record with { Standing = change(record.Standing) }, c);
                return true;
            },
            Ct);
        Get<Peerings>(node).Forget();
    }
}
