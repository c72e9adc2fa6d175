using System.Text;
using System.Text.Json;
using Coop.Testing;

namespace Coop.Node.Tests.Ledger;

/// <summary>A member who uses the ledger's API.</summary>
public sealed class LedgerClient(TestMember member) : IDisposable
{
    private int _keys;

    public TestMember Member { get; } = member;

    public void Dispose() => Member.Dispose();

    public Task<LedgerAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null, null);

    public Task<LedgerAnswer> PostAsync(string path, object body, string? key = null) =>
        SendAsync(HttpMethod.Post, path, body as string ?? JsonSerializer.Serialize(body), key);

    public Task<LedgerAnswer> PutAsync(string path, object body) =>
        SendAsync(HttpMethod.Put, path, JsonSerializer.Serialize(body), null);

    public Task<LedgerAnswer> CreateUnitAsync(
        string code, string name = "A unit", object? scale = null, string kind = "money") =>
        PostAsync("units", new { code, name, scale = scale ?? 2, kind });

    public Task<LedgerAnswer> TryOpenAsync(object body) => PostAsync("accounts", body);

    public async Task<Guid> OpenAsync(
        string name, string unit, string type, Guid? ownerId = null, long? floorMinor = null) =>
        (await TryOpenAsync(new { name, unit, type, ownerId, floorMinor })).ExpectCreated().Id;

    /// <summary>Posts a journal under a new key, or under <paramref name="key"/>.</summary>
    public Task<LedgerAnswer> JournalAsync(string? key, params (Guid Account, long Minor)[] postings) =>
        PostAsync("journals", Journal(postings), key ?? NewKey());

    public Task<LedgerAnswer> JournalAsync(params (Guid Account, long Minor)[] postings) =>
        JournalAsync(null, postings);

    public string NewKey() => $"key-{Interlocked.Increment(ref _keys)}";

    public async Task<long> BalanceAsync(Guid account) =>
        (await GetAsync($"accounts/{account}")).ExpectOk().Json.GetProperty("balanceMinor").GetInt64();

    public static object Journal(params (Guid Account, long Minor)[] postings) => new
    {
        memo = "Memo",
        effectiveDate = "2026-01-31",
        postings = postings.Select(p => new { accountId = p.Account, amountMinor = p.Minor }),
    };

    private async Task<LedgerAnswer> SendAsync(HttpMethod method, string path, string? json, string? key)
    {
        using var request = new HttpRequestMessage(method, new Uri($"/api/ledger/{path}", UriKind.Relative));
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Idempotency-Key", key);
        }

        using var response = await Member.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return new LedgerAnswer(
            response.StatusCode,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            response.Headers.Location?.ToString(),
            response.Headers.TryGetValues("Idempotency-Replayed", out var replayed) && replayed.Single() == "true",
            response.Content.Headers.ContentType?.MediaType);
    }
}
