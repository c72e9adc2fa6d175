using System.Net.Http.Json;
using System.Text.Json;
using Coop.Federation.Peering;
using Coop.Node.Federation;
using Coop.Node.Idempotency;
using Coop.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Coop.Node.Tests.Trade;

/// <summary>Acorn and Birch, who let each other owe them 500.00 EUR; Ada of Acorn has 1,000.00, Ben of Birch 10.00.</summary>
internal sealed class TradingPair : IAsyncDisposable
{
    public const long LimitMinor = 50_000;
    public const long AdaMinor = 100_000;
    public const long BenMinor = 1_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private TradingPair(ExchangeNode acorn, ExchangeNode birch) => (Acorn, Birch) = (acorn, birch);

    public ExchangeNode Acorn { get; }

    public ExchangeNode Birch { get; }

    public TestMember Ada { get; private set; } = null!;

    public TestMember Ben { get; private set; } = null!;

    public Guid AdaAccount { get; private set; }

    public Guid BenAccount { get; private set; }

    public Guid AcornBank { get; private set; }

    public Guid BirchBank { get; private set; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Starts the two nodes.</summary>
    /// <param name="database">Makes the database of each node, and how it reaches it; null for one of its own.</param>
    public static async Task<TradingPair> StartAsync(Func<Task<(TestDatabase Database, string Connection)>>? database = null)
    {
        var pair = new TradingPair(await StartNodeAsync("Acorn", database), await StartNodeAsync("Birch", database));
        await PeerAsync(pair.Acorn, pair.Birch);
        (pair.Ada, pair.AdaAccount, pair.AcornBank) = await EndowAsync(pair.Acorn, "Ada", AdaMinor);
        (pair.Ben, pair.BenAccount, pair.BirchBank) = await EndowAsync(pair.Birch, "Ben", BenMinor);
        await UntilAsync(pair.Acorn.Admin.Client, "/api/trade/peers", p => p[0].GetProperty("isReady").GetBoolean());
        await UntilAsync(pair.Birch.Admin.Client, "/api/trade/peers", p => p[0].GetProperty("isReady").GetBoolean());
        return pair;
    }

    /// <summary>Makes two nodes peers that let each other owe them 500.00 EUR.</summary>
    public static async Task PeerAsync(ExchangeNode one, ExchangeNode other)
    {
        var grant = PeeringGrant.Of(PeeringScopes.All) with { RequestsPerMinute = 100_000, Trade = [new("EUR", LimitMinor)] };
        var desk = one.Node.Services.GetRequiredService<PeeringDesk>();
        var proposed = await desk.ProposeAsync(PeeredNodes.AddressOf(other), grant, grant, null, one.Admin.Actor, Ct);
        await PeeredNodes.UntilAsync(other, one.Did, PeeringState.Proposed);
        await other.Node.Services.GetRequiredService<PeeringDesk>()
            .AcceptAsync(proposed.Id, proposed.OnTable!.Terms.Hash, other.Admin.Actor, Ct);
        await PeeredNodes.UntilAsync(other, one.Did, PeeringState.Active);
        await PeeredNodes.UntilAsync(one, other.Did, PeeringState.Active);
    }

    public Task<HttpResponseMessage> PayAsync(long amountMinor, string? key = null, Guid? to = null, TestMember? member = null, Guid? from = null) =>
        PostAsync((member ?? Ada).Client, "/api/trade/transfers", new
        {
            peer = Birch.Did, fromAccountId = from ?? AdaAccount, toAccountId = to ?? BenAccount, amountMinor, memo = "Bread",
        }, key);

    public static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, object body, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add(IdempotencyKey.Header, key ?? Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString());
        return client.SendAsync(request, Ct);
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(Ct);
            Assert.True(response.IsSuccessStatusCode, text);
            return JsonElement.Parse(text);
        }
    }

    /// <summary>The transfer at a side once it is in that state.</summary>
    public static Task<JsonElement> UntilAsync(ExchangeNode node, JsonElement transfer, string state) => PollAsync(
        $"The transfer was never {state}.", async () =>
        {
            using var response = await node.Admin.Client.GetAsync($"/api/trade/transfers/{transfer.GetProperty("id").GetGuid()}", Ct);
            var json = response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<JsonElement>(Ct) : default;
            return json.ValueKind == JsonValueKind.Object && json.GetProperty("state").GetString() == state ? json : null;
        });

    public static Task<JsonElement> UntilAsync(HttpClient client, string path, Func<JsonElement, bool> isIt) =>
        PollAsync($"{path} was never as it should be.", async () =>
        {
            var json = await client.GetFromJsonAsync<JsonElement>(path, Ct);
            return isIt(json) ? json : null;
        });

    public static async Task<long> BalanceAsync(ExchangeNode node, Guid account) =>
        (await node.Admin.Client.GetFromJsonAsync<JsonElement>($"/api/ledger/accounts/{account}", Ct)).GetProperty("normalBalanceMinor").GetInt64();

    public static async Task<JsonElement> PositionAsync(ExchangeNode node) =>
        (await node.Admin.Client.GetFromJsonAsync<JsonElement>("/api/trade/peers", Ct))[0].GetProperty("positions")[0];

    private static async Task<ExchangeNode> StartNodeAsync(
        string name, Func<Task<(TestDatabase Database, string Connection)>>? database)
    {
        var (own, connection) = database is null ? (null, null) : ((TestDatabase?, string?))await database();
        return await ExchangeNode.StartAsync(name, database: own, connection: connection);
    }

    public async ValueTask DisposeAsync()
    {
        Ada?.Dispose();
        Ben?.Dispose();
        await Acorn.DisposeAsync();
        await Birch.DisposeAsync();
    }

    private static async Task<JsonElement> PollAsync(string complaint, Func<Task<JsonElement?>> ask)
    {
        for (var end = TimeProvider.System.GetUtcNow() + Patience; TimeProvider.System.GetUtcNow() < end; await Task.Delay(50, Ct))
        {
            if (await ask() is { } json)
            {
                return json;
            }
        }

        throw new TimeoutException(complaint);
    }

    public static async Task<(TestMember Member, Guid Account, Guid Bank)> EndowAsync(ExchangeNode node, string name, long amountMinor)
    {
        var member = await node.Admin.InviteAsync(node.Node, name);
        var admin = node.Admin.Client;
        await ExchangeNode.PostAsync(admin, "/api/ledger/units", new { code = "EUR", name = "Euro", scale = 2, kind = "money" });
        var bank = (await ExchangeNode.PostAsync(admin, "/api/ledger/accounts", new { name = "Bank", unit = "EUR", type = "asset" })).GetProperty("id").GetGuid();
        var account = (await ExchangeNode.PostAsync(
            admin, "/api/ledger/accounts", new { name, unit = "EUR", type = "liability", ownerId = member.Id })).GetProperty("id").GetGuid();
        await JsonAsync(await PostAsync(admin, "/api/ledger/journals", new
        {
            effectiveDate = "2026-11-23",
            postings = new[] { new { accountId = bank, amountMinor }, new { accountId = account, amountMinor = -amountMinor } },
        }));
        return (member, account, bank);
    }
}
