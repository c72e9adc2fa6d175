using System.Text.Json;
using Coop.Node.Tests.Ledger;
using Coop.Testing;

namespace Coop.Node.Tests.Patronage;

/// <summary>A year of a co-op: business is recorded, and the surplus divided by it.</summary>
public sealed class PatronageTests : IAsyncLifetime
{
    private TestNode _node = null!;
    private LedgerClient _tess = null!;
    private LedgerClient _ada = null!;
    private LedgerClient _ben = null!;
    private Guid _bank;
    private Guid _result;
    private Guid _reserves;
    private Guid _adaMoney;
    private Guid _adaCapital;

    public async ValueTask InitializeAsync()
    {
        _node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(_node);
        _tess = new(await admin.InviteAsync(_node, "Tess", "member", "treasurer"));
        _ada = new(await admin.InviteAsync(_node, "Ada"));
        _ben = new(await admin.InviteAsync(_node, "Ben"));
        (await _tess.CreateUnitAsync("EUR")).ExpectCreated();
        _bank = await _tess.OpenAsync("Bank", "EUR", "asset");
        _result = await _tess.OpenAsync("Result of the year", "EUR", "equity");
        _reserves = await _tess.OpenAsync("Reserves", "EUR", "equity");
        _adaMoney = await _tess.OpenAsync("Ada's money", "EUR", "liability", _ada.Member.Id);
        _adaCapital = await _tess.OpenAsync("Ada's capital", "EUR", "equity", _ada.Member.Id);
        (await _tess.JournalAsync((_bank, 100_000), (_result, -100_000))).ExpectCreated();
        // Counts from 31 January 2026: 335 of the year's days.
        (await _tess.JournalAsync((_bank, 36_500), (_adaCapital, -36_500))).ExpectCreated();
    }

    public async ValueTask DisposeAsync()
    {
        _tess.Dispose();
        _ada.Dispose();
        _ben.Dispose();
        await _node.DisposeAsync();
    }

    [Fact]
    public async Task ARecord_IsKeptOnce_UnderItsKey()
    {
        var two = new[] { Record("r-1", 300, _ada), Record("r-2", 100, null) };
        Assert.Equal((2, 0), Counts((await RecordAsync(two)).ExpectOk()));
        Assert.Equal((1, 2), Counts((await RecordAsync([.. two, Record("r-3", 100, _ben)])).ExpectOk()));
        var again = (await RecordAsync(two)).ExpectOk();
        Assert.Equal((0, 2), Counts(again));
        Assert.Equal(JsonValueKind.Null, again.Json.GetProperty("eventId").ValueKind);
        (await RecordAsync(Record("r-1", 301, _ada))).ExpectProblem("patronage-key-reused");
        (await RecordAsync(Record("r-1", 300, _ben))).ExpectProblem("patronage-key-reused");

        var period = (await GetAsync(_tess, "patronage/periods/2026")).ExpectOk().Json;
        var total = Assert.Single(period.GetProperty("totals").EnumerateArray());
        Assert.Equal(400, total.GetProperty("memberMinor").GetInt64());
        Assert.Equal(100, total.GetProperty("nonMemberMinor").GetInt64());
        Assert.Equal(2, total.GetProperty("members").GetInt64());
    }

    [Fact]
    public async Task RefusesWhatIsNoRecord_AndKeepsNothingOfIt()
    {
        (await RecordAsync(Record("a", 0, _ada))).ExpectProblem("invalid-field");
        (await RecordAsync(Record("a", 1L << 53, _ada))).ExpectProblem("invalid-field");
        (await RecordAsync(Record("a b", 1, _ada))).ExpectProblem("invalid-field");
        (await RecordAsync(Record("a", 1, _ada), Record("a", 1, _ada))).ExpectProblem("invalid-field");
        (await RecordAsync([.. Enumerable.Range(0, 201).Select(i => Record($"{i}", 1, _ada))])).ExpectProblem("invalid-field");
        (await RecordAsync(new { key = "a", kind = "pur chases", unit = "EUR", amountMinor = 1 })).ExpectProblem("invalid-field");
        (await RecordAsync(Record("ok", 1, _ada), new { key = "a", kind = "purchases", unit = "USD", amountMinor = 1 })).ExpectProblem("unknown-unit");
        (await RecordAsync(Record("ok", 1, _ada), new { key = "a", kind = "purchases", unit = "EUR", amountMinor = 1, memberId = Guid.AllBitsSet })).ExpectProblem("unknown-member");
        Assert.Empty((await GetAsync(_tess, "patronage/periods/2026")).ExpectOk().Json.GetProperty("totals").EnumerateArray());
    }

    [Fact]
    public async Task ASurplus_IsPostedAsItWasShown_Once()
    {
        var benMoney = await _tess.OpenAsync("Ben's money", "EUR", "liability", _ben.Member.Id);
        (await RecordAsync(Record("a", 30_000, _ada), Record("b", 10_000, _ben), Record("c", 10_000, null))).ExpectOk();
        var shown = (await PreviewAsync()).ExpectOk().Json;
        // 20 % was business with others; 10 % of 800.00 to the reserves; 5 % on 365.00 for 335 days.
        Assert.Equal(20_000, shown.GetProperty("nonMemberMinor").GetInt64());
        Assert.Equal(8_000, shown.GetProperty("reserveMinor").GetInt64());
        Assert.Equal(1_675, shown.GetProperty("interestMinor").GetInt64());
        Assert.Equal(70_325, shown.GetProperty("refundMinor").GetInt64());

        var hash = shown.GetProperty("planHash").GetString()!;
        var posted = (await DistributeAsync(hash, "once")).ExpectCreated();
        Assert.True((await DistributeAsync(hash, "once")).Replayed);
        (await DistributeAsync(hash, "twice")).ExpectProblem("surplus-distributed");
        Assert.Single(posted.Json.GetProperty("journals").EnumerateArray());
        Assert.Equal(0, await _tess.BalanceAsync(_result));
        Assert.Equal(-28_000, await _tess.BalanceAsync(_reserves));
        Assert.Equal(-(1_675 + 52_744), await _tess.BalanceAsync(_adaMoney));
        Assert.Equal(-17_581, await _tess.BalanceAsync(benMoney));
        (await RecordAsync(Record("late", 1, _ada))).ExpectProblem("surplus-distributed");
        await AssertStatementsAsync();
    }

    [Fact]
    public async Task NothingIsPosted_WhereWhatWasShownHasChanged_OrSomebodyCannotBePaid()
    {
        (await RecordAsync(Record("a", 30_000, _ada))).ExpectOk();
        var before = (await PreviewAsync()).ExpectOk().Json.GetProperty("planHash").GetString()!;
        (await RecordAsync(Record("b", 10_000, _ben))).ExpectOk();
        (await DistributeAsync(before, "k1")).ExpectProblem("surplus-changed");
        var shown = (await PreviewAsync()).ExpectOk().Json;
        var ben = shown.GetProperty("lines").EnumerateArray().Single(l => l.GetProperty("member").GetProperty("name").GetString() == "Ben");
        Assert.Equal(JsonValueKind.Null, ben.GetProperty("accountId").ValueKind);
        (await DistributeAsync(shown.GetProperty("planHash").GetString()!, "k2")).ExpectProblem("surplus-account-missing");
        (await PreviewAsync(surplusMinor: 0)).ExpectProblem("invalid-field");
        (await PreviewAsync(to: "2027-06-30")).ExpectProblem("invalid-field");
        (await PreviewAsync(reserveBasisPoints: 10_001)).ExpectProblem("invalid-field");
        Assert.Equal(-100_000, await _tess.BalanceAsync(_result));
    }

    private async Task AssertStatementsAsync()
    {
        var mine = (await GetAsync(_ada, "patronage/mine")).ExpectOk().Json;
        Assert.Equal(30_000, Assert.Single(mine.GetProperty("patronage").EnumerateArray()).GetProperty("amountMinor").GetInt64());
        var refund = Assert.Single(mine.GetProperty("refunds").EnumerateArray());
        Assert.Equal(52_744, refund.GetProperty("refundMinor").GetInt64());
        Assert.Equal(_adaMoney, refund.GetProperty("accountId").GetGuid());
        var seen = (await GetAsync(_tess, $"patronage/members/{_ada.Member.Id}")).ExpectOk().Json;
        Assert.Equal(mine.ToString(), seen.ToString());
        (await GetAsync(_ada, $"patronage/members/{_ben.Member.Id}")).ExpectProblem("forbidden");
        var list = (await GetAsync(_ben, "surplus/distributions")).ExpectOk().Json.GetProperty("items");
        Assert.Equal("2026", Assert.Single(list.EnumerateArray()).GetProperty("period").GetString());
    }

    private static object Record(string key, long minor, LedgerClient? member) =>
        new { key, kind = "purchases", unit = "EUR", amountMinor = minor, memberId = member?.Member.Id };

    private static (int, int) Counts(LedgerAnswer answer) =>
        (answer.Json.GetProperty("recorded").GetInt32(), answer.Json.GetProperty("repeated").GetInt32());

    private Task<LedgerAnswer> RecordAsync(params object[] records) =>
        _tess.PostAsync("../patronage/records", new { period = "2026", records });

    private static Task<LedgerAnswer> GetAsync(LedgerClient client, string path) => client.GetAsync($"../{path}");

    private static object Plan(long surplusMinor = 100_000, string to = "2026-12-31", int reserveBasisPoints = 1_000) => new
    {
        period = "2026", unit = "EUR", from = "2026-01-01", to, surplusMinor, reserveBasisPoints, interestBasisPoints = 500,
    };

    private Task<LedgerAnswer> PreviewAsync(long surplusMinor = 100_000, string to = "2026-12-31", int reserveBasisPoints = 1_000) =>
        _tess.PostAsync("../surplus/preview", Plan(surplusMinor, to, reserveBasisPoints));

    private Task<LedgerAnswer> DistributeAsync(string planHash, string key) => _tess.PostAsync(
        "../surplus/distributions",
        new { plan = Plan(), planHash, fromAccountId = _result, reservesAccountId = _reserves, effectiveDate = "2026-12-31", memo = "Surplus of 2026" },
        key);
}
