using Coop.Testing;
using Npgsql;

namespace Coop.Node.Tests.Ledger;

/// <summary>A node of its own: what is closed here is closed for all journals.</summary>
public sealed class PeriodTests : IAsyncLifetime
{
    private TestNode _node = null!;
    private LedgerClient _admin = null!;
    private LedgerClient _treasurer = null!;
    private LedgerClient _both = null!;
    private LedgerClient _ada = null!;
    private Guid _bank;
    private Guid _sales;

    public async ValueTask InitializeAsync()
    {
        _node = await TestNode.StartAsync();
        var admin = await TestMember.EnrolAdministratorAsync(_node);
        _admin = new(admin);
        _treasurer = new(await admin.InviteAsync(_node, "Tess", "member", "treasurer"));
        _both = new(await admin.InviteAsync(_node, "Bo", "admin", "member", "treasurer"));
        _ada = new(await admin.InviteAsync(_node, "Ada"));
        (await _treasurer.CreateUnitAsync("EUR")).ExpectCreated();
        _bank = await _treasurer.OpenAsync("Bank", "EUR", "asset");
        _sales = await _treasurer.OpenAsync("Sales", "EUR", "income");
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        _treasurer.Dispose();
        _both.Dispose();
        _ada.Dispose();
        await _node.DisposeAsync();
    }

    [Fact]
    public async Task ACloseRefusesEarlierDays_UntilTwoRolesOpenThemAgain()
    {
        var first = (await PostAsync("2026-01-31")).ExpectCreated();
        var closed = (await _treasurer.PostAsync("periods/close", new { openFrom = "2026-02-01" })).ExpectOk();
        Assert.Equal(first.Json.GetProperty("number").GetInt64() + 1, closed.Json.GetProperty("number").GetInt64());
        (await PostAsync("2026-01-31")).ExpectProblem("period-closed");
        (await _admin.PostAsync($"journals/{first.Id}/reverse", new { effectiveDate = "2026-01-31" }, _admin.NewKey())).ExpectProblem("period-closed");
        var next = (await PostAsync("2026-02-01")).ExpectCreated();
        Assert.Equal(first.Json.GetProperty("number").GetInt64() + 2, next.Json.GetProperty("number").GetInt64());

        var asked = (await _treasurer.PostAsync("periods/reopenings", new { openFrom = "2026-01-15", @as = "treasurer", reason = "A late bill" })).ExpectCreated();
        (await PostAsync("2026-01-31")).ExpectProblem("period-closed");
        (await ApproveAsync(_treasurer, asked.Id, "treasurer")).ExpectProblem("two-roles-needed");
        (await ApproveAsync(_both, asked.Id, "treasurer")).ExpectProblem("two-roles-needed");
        (await ApproveAsync(_treasurer, asked.Id, "admin")).ExpectProblem("forbidden");
        (await ApproveAsync(_ada, asked.Id, "admin")).ExpectProblem("forbidden");
        (await ApproveAsync(_both, asked.Id, "admin")).ExpectOk();
        (await ApproveAsync(_admin, asked.Id, "admin")).ExpectProblem("reopening-done");
        (await PostAsync("2026-01-15")).ExpectCreated();
        (await PostAsync("2026-01-14")).ExpectProblem("period-closed");

        var shown = (await _ada.GetAsync("periods")).ExpectOk().Json;
        Assert.Equal("2026-01-15", shown.GetProperty("openFrom").GetString());
        Assert.Equal(2, shown.GetProperty("changes").GetArrayLength());
        Assert.True(shown.GetProperty("reopenings")[0].GetProperty("isApproved").GetBoolean());
    }

    [Fact]
    public async Task NobodyOpensTheBooksAlone_NotEvenInTwoRoles()
    {
        (await _both.PostAsync("periods/close", new { openFrom = "2026-02-01" })).ExpectOk();
        var asked = (await _both.PostAsync("periods/reopenings", new { openFrom = "2026-01-01", @as = "treasurer", reason = "Mine" })).ExpectCreated();
        (await ApproveAsync(_both, asked.Id, "admin")).ExpectProblem("two-roles-needed");
        (await ApproveAsync(_admin, asked.Id, "admin")).ExpectOk();
    }

    [Fact]
    public async Task OfManyWhoAgreeAtOnce_OneOpensTheBooks()
    {
        (await _both.PostAsync("periods/close", new { openFrom = "2026-02-01" })).ExpectOk();
        for (var day = 31; day > 21; day--)
        {
            var asked = (await _treasurer.PostAsync(
                "periods/reopenings", new { openFrom = $"2026-01-{day}", @as = "treasurer", reason = "A bill" })).ExpectCreated();
            var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => ApproveAsync(i % 2 == 0 ? _admin : _both, asked.Id, "admin")));
            Assert.Single(answers, a => (int)a.Status == 200);
            Assert.All(answers.Where(a => (int)a.Status != 200), a => a.ExpectProblem("reopening-done"));
        }
    }

    [Fact]
    public async Task Refuses_WithoutAnEvent()
    {
        (await _admin.PostAsync("periods/close", new { openFrom = "2026-02-01" })).ExpectOk();
        var asked = (await _admin.PostAsync("periods/reopenings", new { openFrom = "2026-01-01", @as = "admin", reason = "Why not" })).ExpectCreated();
        (await _admin.PostAsync("periods/close", new { openFrom = "2026-02-01" })).ExpectProblem("period-unchanged");
        (await _admin.PostAsync("periods/close", new { openFrom = "2026-01-01" })).ExpectProblem("period-unchanged");
        (await _admin.PostAsync("periods/close", new { openFrom = "3000-01-01" })).ExpectProblem("invalid-field");
        var ahead = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(4);
        (await _admin.PostAsync("periods/close", new { openFrom = ahead.ToString("O") })).ExpectProblem("invalid-field");
        (await _admin.PostAsync("periods/reopenings", new { openFrom = "2026-02-01", @as = "admin", reason = "x" })).ExpectProblem("period-unchanged");
        (await _admin.PostAsync("periods/reopenings", new { openFrom = "2026-01-01", @as = "admin", reason = " " })).ExpectProblem("invalid-field");
        (await _admin.PostAsync("periods/reopenings", new { openFrom = "2026-01-01", @as = "treasurer", reason = "x" })).ExpectProblem("forbidden");
        (await _ada.PostAsync("periods/close", new { openFrom = "2026-03-01" })).ExpectProblem("forbidden");
        (await ApproveAsync(_treasurer, Guid.AllBitsSet, "treasurer")).ExpectProblem("not-found");
        (await ApproveAsync(_treasurer, asked.Id, "treasurer")).ExpectOk();
        Assert.Equal(3L, await EventsAsync());
    }

    [Fact]
    public async Task AClosingAndJournalsAtOnce_AgreeOnWhatWasOpen()
    {
        for (var day = 2; day <= 6; day++)
        {
            var posting = Enumerable.Range(0, 10).Select(_ => PostAsync($"2026-03-{day - 1:D2}")).ToList();
            var closing = _treasurer.PostAsync("periods/close", new { openFrom = $"2026-03-{day:D2}" });
            await Task.WhenAll(posting);
            (await closing).ExpectOk();
        }

        await using var source = NpgsqlDataSource.Create(_node.Database.ConnectionString);
        await using var command = source.CreateCommand("""
            SELECT count(*) FROM ledger_journals j
            JOIN ledger_folios f ON f.kind = 1 AND f.first_number < j.number
              AND (j.effective_date - DATE '1900-01-01') < f.open_from
            """);
        Assert.Equal(0L, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    private Task<LedgerAnswer> PostAsync(string day) => _treasurer.PostAsync(
        "journals",
        new
        {
            effectiveDate = day,
            postings = new[] { new { accountId = _bank, amountMinor = 1 }, new { accountId = _sales, amountMinor = -1 } },
        },
        _treasurer.NewKey());

    private static Task<LedgerAnswer> ApproveAsync(LedgerClient client, Guid id, string role) =>
        client.PostAsync($"periods/reopenings/{id}/approve", new { @as = role });

    private async Task<long> EventsAsync()
    {
        await using var source = NpgsqlDataSource.Create(_node.Database.ConnectionString);
        await using var command = source.CreateCommand(
            "SELECT count(*) FROM event_payloads WHERE payload LIKE '%openFrom%'");
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
