using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Coop.Node.Tests.Processes;
using Coop.Testing;

namespace Coop.Node.Tests.Trade;

/// <summary>A transfer as a node lists it.</summary>
internal sealed record ListedTransfer(string State, long AmountMinor);

/// <summary>A co-op in a process of its own that is killed and started again under the same address.</summary>
internal sealed class KilledCoop(string name, int port) : IAsyncDisposable, IDisposable
{
    public const long EndowmentMinor = 1_000_000_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly ProcessFixture _fixture = new();
    private readonly ConcurrentDictionary<Guid, bool> _answered = new();
    private NodeProcess? _process;
    private volatile PasskeySession? _session;
    private Guid _account;

    /// <summary>The transfers that were acknowledged.</summary>
    public IEnumerable<Guid> Answered => _answered.Keys;

    private string Address => $"http://localhost:{port}";

    private string Did { get; set; } = "";

    private HttpClient Http => _session!.Http;

    public async Task StartAsync(CancellationToken ct)
    {
        _process = await NodeProcess.ServeAsync(
            _fixture.Data, ct, "env", $"COOP_PUBLIC_URL={Address}", $"ASPNETCORE_URLS=http://127.0.0.1:{port}",
            "COOP_WEB_ORIGINS=http://localhost:5080", $"COOP_NAME={name}", "COOP_ALLOW_LOCAL_FETCHES=true", "COOP_CEREMONIES_PER_MINUTE=0");
        if (_session is null)
        {
            _session = await ProcessFixture.EnrolAsync(_process, ct);
        }
        else
        {
            var session = new PasskeySession(_process.Address, _session.Authenticator);
            await session.SignInAsync();
            _session = session;
        }
    }

    public async Task KillAndStartAsync(CancellationToken ct)
    {
        await _process!.KillAsync(ct);
        await _process.DisposeAsync();
        await _fixture.NoDatabaseProcessRemainsAsync(ct);
        await StartAsync(ct);
    }

    public static async Task PeerAsync(KilledCoop one, KilledCoop other, CancellationToken ct)
    {
        object grant = new { scopes = new[] { "trade" }, requestsPerMinute = 100_000, trade = new[] { new { unit = "EUR", maxCreditMinor = EndowmentMinor } } };
        await ExchangeNode.PostAsync(one.Http, "/api/peers", new { peer = other.Address, ours = grant, theirs = grant });
        var proposed = await other.PeeringAsync("proposed", ct);
        await ExchangeNode.PostAsync(
            other.Http, $"/api/peers/{proposed.GetProperty("id").GetGuid()}/accept", new { termsHash = proposed.GetProperty("onTable").GetProperty("termsHash").GetString() });
        other.Did = (await one.PeeringAsync("active", ct)).GetProperty("peer").GetProperty("did").GetString()!;
        one.Did = (await other.PeeringAsync("active", ct)).GetProperty("peer").GetProperty("did").GetString()!;
    }

    public async Task EndowAsync(CancellationToken ct)
    {
        var me = await Http.GetFromJsonAsync<JsonElement>("/api/me", ct);
        await ExchangeNode.PostAsync(Http, "/api/ledger/units", new { code = "EUR", name = "Euro", scale = 2, kind = "money" });
        var bank = (await ExchangeNode.PostAsync(Http, "/api/ledger/accounts", new { name = "Bank", unit = "EUR", type = "asset" })).GetProperty("id").GetGuid();
        _account = (await ExchangeNode.PostAsync(
            Http, "/api/ledger/accounts", new { name = "Alex", unit = "EUR", type = "liability", ownerId = me.GetProperty("id").GetGuid() })).GetProperty("id").GetGuid();
        await TradingPair.JsonAsync(await TradingPair.PostAsync(Http, "/api/ledger/journals", new
        {
            effectiveDate = "2026-11-23",
            postings = new[] { new { accountId = bank, amountMinor = EndowmentMinor }, new { accountId = _account, amountMinor = -EndowmentMinor } },
        }));
    }

    /// <summary>Pays, and asks again under the same key until there is an answer.</summary>
    public async Task PayAsync(KilledCoop to, long amountMinor, string key, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                using var response = await TradingPair.PostAsync(Http, "/api/trade/transfers", new
                {
                    peer = to.Did, fromAccountId = _account, toAccountId = to._account, amountMinor, validForSeconds = 86_400,
                }, key);
                if (response.IsSuccessStatusCode)
                {
                    var json = await response.Content.ReadFromJsonAsync<JsonElement>(ct);
                    Assert.True(_answered.TryAdd(json.GetProperty("id").GetGuid(), true), "Two keys had one transfer.");
                    return;
                }

                Assert.True(
                    (int)response.StatusCode is 401 or 429 or 502 or 503, await response.Content.ReadAsStringAsync(ct));
            }
            catch (Exception e) when (e is HttpRequestException or IOException or ObjectDisposedException or TaskCanceledException && !ct.IsCancellationRequested)
            {
                // It was killed.
            }

            await Task.Delay(Pause, ct);
        }
    }

    public async Task UntilNothingIsInDoubtAsync(CancellationToken ct)
    {
        while ((await Http.GetFromJsonAsync<JsonElement>("/api/trade/in-doubt", ct)).GetArrayLength() > 0)
        {
            await Task.Delay(Pause, ct);
        }
    }

    public async Task<Dictionary<Guid, ListedTransfer>> TransfersAsync(string role, CancellationToken ct)
    {
        var all = new Dictionary<Guid, ListedTransfer>();
        for (var next = "/api/trade/transfers?limit=200"; ;)
        {
            var page = await Http.GetFromJsonAsync<JsonElement>(next, ct);
            foreach (var t in page.GetProperty("items").EnumerateArray().Where(t => t.GetProperty("role").GetString() == role))
            {
                all.Add(t.GetProperty("id").GetGuid(), new(t.GetProperty("state").GetString()!, t.GetProperty("amountMinor").GetInt64()));
            }

            if (page.GetProperty("nextCursor").GetString() is not { } cursor)
            {
                return all;
            }

            next = $"/api/trade/transfers?limit=200&cursor={Uri.EscapeDataString(cursor)}";
        }
    }

    public async Task<long> BalanceAsync(CancellationToken ct) =>
        (await Http.GetFromJsonAsync<JsonElement>($"/api/ledger/accounts/{_account}", ct)).GetProperty("normalBalanceMinor").GetInt64();

    public async Task<long> NetAsync(CancellationToken ct) =>
        (await Http.GetFromJsonAsync<JsonElement>("/api/trade/peers", ct))[0].GetProperty("positions")[0].GetProperty("netMinor").GetInt64();

    public void Dispose() => _fixture.Dispose();

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }

    private async Task<JsonElement> PeeringAsync(string state, CancellationToken ct)
    {
        while (true)
        {
            var list = await Http.GetFromJsonAsync<JsonElement>("/api/peers", ct);
            if (list.GetProperty("items").EnumerateArray().FirstOrDefault(p => p.GetProperty("state").GetString() == state) is { ValueKind: JsonValueKind.Object } found)
            {
                return found;
            }

            await Task.Delay(Pause, ct);
        }
    }
}
