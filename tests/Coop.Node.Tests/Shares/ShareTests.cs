using Coop.Node.Governance;
using Coop.Node.Http;
using Coop.Node.Tests.Governance;
using Coop.Node.Tests.Ledger;
using Coop.Testing;

namespace Coop.Node.Tests.Shares;

/// <summary>Share capital through the API, with the books under it.</summary>
[Collection(LedgerNode.Name)]
public sealed class ShareTests(LedgerNode ledger)
{
    private const string Shares = "../shares";

    [Fact]
    public async Task SharesArePaidTransferredAndRedeemed()
    {
        var (code, chart) = await NewClassAsync(noticeDays: 0);
        (await SubscribeAsync(code, ledger.Ada, 4)).ExpectCreated();
        (await PayAsync(code, ledger.Ada, 3000, chart.Bank)).ExpectCreated();
        await ExpectAsync(code, ledger.Ada, 4, 3000, 1000);

        var moved = (await TransferAsync(code, 1)).ExpectCreated();
        Assert.Equal(750, moved.Json.GetProperty("paidMinor").GetInt64());
        await ExpectAsync(code, ledger.Ada, 3, 2250, 750);
        await ExpectAsync(code, ledger.Ben, 1, 750, 250);

        var notice = (await ledger.Ada.PostAsync($"{Shares}/notices", new { @class = code, shares = 2 }, ledger.Ada.NewKey()))
            .ExpectCreated().Id;
        (await TransferAsync(code, 2)).ExpectProblem("not-enough-shares");
        var redeemed = (await RedeemAsync(notice, chart.Bank)).ExpectCreated();
        Assert.Equal(1250, redeemed.Json.GetProperty("paidMinor").GetInt64());
        await ExpectAsync(code, ledger.Ada, 1, 1000, 0);
        Assert.Equal(3000 - 1250, await ledger.Admin.BalanceAsync(chart.Bank));
        (await RedeemAsync(notice, chart.Bank)).ExpectProblem("share-notice-over");

        var register = (await ledger.Admin.GetAsync($"{Shares}/holdings?class={code}")).ExpectOk().Json.GetProperty("items");
        Assert.Equal(2, register.GetArrayLength());
        Assert.Equal(1, await EventsAsync("share-notice.ended", $"share-notice:{notice}"));
        Assert.Equal(2, await EventsAsync("shares.subscribed", $"shares:{code}")
            + await EventsAsync("shares.transferred", $"shares:{code}"));
    }

    [Fact]
    public async Task CapitalIsNotPaidOutOfItself_NorIntoItself()
    {
        var (code, chart) = await NewClassAsync(noticeDays: 0);
        (await SubscribeAsync(code, ledger.Ada, 1)).ExpectCreated();
        (await PayAsync(code, ledger.Ada, 500, chart.Bank)).ExpectCreated();
        var holdings = (await ledger.Ada.GetAsync($"{Shares}/members/{ledger.Ada.Member.Id}")).ExpectOk().Json.GetProperty("holdings");
        var capital = holdings.EnumerateArray().Single(h => h.GetProperty("class").GetString() == code)
            .GetProperty("capitalAccountId").GetGuid();
        (await PayAsync(code, ledger.Ada, 500, capital)).ExpectProblem("invalid-field");
        var notice = (await ledger.Ada.PostAsync($"{Shares}/notices", new { @class = code, shares = 1 }, ledger.Ada.NewKey()))
            .ExpectCreated().Id;
        (await RedeemAsync(notice, capital)).ExpectProblem("invalid-field");
        await ExpectAsync(code, ledger.Ada, 1, 500, 500);
    }

    [Fact]
    public async Task ARepeatHasOneEffect()
    {
        var (code, _) = await NewClassAsync(noticeDays: 0);
        var key = ledger.Admin.NewKey();
        var first = (await SubscribeAsync(code, ledger.Ada, 4, key)).ExpectCreated();
        var again = (await SubscribeAsync(code, ledger.Ada, 4, key)).ExpectCreated();
        Assert.Equal(first.Text, again.Text);
        Assert.True(again.Replayed);
        await ExpectAsync(code, ledger.Ada, 4, 0, 4000);
        (await SubscribeAsync(code, ledger.Ada, 5, key)).ExpectProblem("idempotency-key-reused");
    }

    [Fact]
    public async Task ANoticeWaitsForItsDay_AndIsTakenBack()
    {
        var (code, chart) = await NewClassAsync(noticeDays: 30);
        (await SubscribeAsync(code, ledger.Ada, 2)).ExpectCreated();
        var notice = (await ledger.Ada.PostAsync($"{Shares}/notices", new { @class = code, shares = 2 }, ledger.Ada.NewKey()))
            .ExpectCreated().Id;
        (await RedeemAsync(notice, chart.Bank, "2999-01-01")).ExpectProblem("share-notice-not-due");
        (await ledger.Ben.PostAsync($"{Shares}/notices/{notice}/withdrawal", new { })).ExpectProblem("not-found");
        (await ledger.Ada.PostAsync($"{Shares}/notices/{notice}/withdrawal", new { })).ExpectOk();
        (await ledger.Ada.PostAsync($"{Shares}/notices/{notice}/withdrawal", new { })).ExpectProblem("share-notice-over");
        (await TransferAsync(code, 2)).ExpectCreated();
    }

    [Fact]
    public async Task Refuses_WithoutATrace()
    {
        var (code, chart) = await NewClassAsync(noticeDays: 0);
        (await SubscribeAsync(code, ledger.Ada, 2)).ExpectCreated();
        var before = await ledger.FootprintAsync();

        (await SubscribeAsync("NOCLASS", ledger.Ada, 1)).ExpectProblem("unknown-share-class");
        (await SubscribeAsync(code, ledger.Ada, 0)).ExpectProblem("invalid-field");
        (await SubscribeAsync(code, ledger.Ben, long.MaxValue)).ExpectProblem("too-many-shares");
        (await PayAsync(code, ledger.Ada, 2001, chart.Bank)).ExpectProblem("shares-overpaid");
        (await PayAsync(code, ledger.Ben, 1, chart.Bank)).ExpectProblem("not-enough-shares");
        (await PayAsync(code, ledger.Ada, 1, Guid.AllBitsSet)).ExpectProblem("unknown-account");
        (await TransferAsync(code, 3)).ExpectProblem("not-enough-shares");
        (await ledger.Ben.PostAsync(
            $"{Shares}/notices", new { @class = code, shares = 1, memberId = ledger.Ada.Member.Id }, ledger.Ben.NewKey()))
            .ExpectProblem("forbidden");
        (await ledger.Ben.GetAsync($"{Shares}/members/{ledger.Ada.Member.Id}")).ExpectProblem("not-found");
        (await ledger.Admin.PostAsync($"{Shares}/classes", Class(code, chart.Unit, 0))).ExpectProblem("unit-exists");
        (await ledger.Admin.PostAsync($"{Shares}/classes", Class("NEWONE", code, 0))).ExpectProblem("invalid-field");
        Assert.Equal(before, await ledger.FootprintAsync());
    }

    [Fact]
    public async Task AMemberAsks_AndABookkeeperAnswers_Once()
    {
        var (code, _) = await NewClassAsync(noticeDays: 0);
        var asked = (await AskAsync(code, ledger.Ada, 3)).ExpectCreated().Id;
        var before = await ledger.FootprintAsync();
        (await AcceptAsync(asked, ledger.Ada)).ExpectProblem("forbidden");
        (await ledger.Ben.PostAsync($"{Shares}/requests/{asked}/withdrawal", new { })).ExpectProblem("not-found");
        (await AcceptAsync(Guid.AllBitsSet, ledger.Admin)).ExpectProblem("not-found");
        (await DeclineAsync(asked, "")).ExpectProblem("invalid-field");
        Assert.Equal(before, await ledger.FootprintAsync());

        // Each with a key of its own: two people, or one who presses twice in two windows.
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => AcceptAsync(asked, ledger.Admin)));
        Assert.Single(answers, a => a.Status == System.Net.HttpStatusCode.Created);
        Assert.Equal(3, answers.Count(a => a.Status == System.Net.HttpStatusCode.Conflict));
        await ExpectAsync(code, ledger.Ada, 3, 0, 3000);
        (await DeclineAsync(asked, "Too late")).ExpectProblem("share-request-over");
        Assert.Equal(1, await EventsAsync("share-request.made", $"share-request:{asked}"));
        Assert.Equal(1, await EventsAsync("share-request.ended", $"share-request:{asked}"));

        var declined = (await AskAsync(code, ledger.Ada, 100)).ExpectCreated().Id;
        (await DeclineAsync(declined, "Ten at most")).ExpectOk();
        var withdrawn = (await AskAsync(code, ledger.Ada, 1)).ExpectCreated().Id;
        (await ledger.Ada.PostAsync($"{Shares}/requests/{withdrawn}/withdrawal", new { })).ExpectOk();
        (await AcceptAsync(withdrawn, ledger.Admin)).ExpectProblem("share-request-over");
        var all = (await ledger.Ada.GetAsync($"{Shares}/members/{ledger.Ada.Member.Id}")).ExpectOk().Json.GetProperty("requests")
            .EnumerateArray().Where(r => r.GetProperty("class").GetString() == code)
            .Select(r => (r.GetProperty("state").GetString(), r.GetProperty("reason").GetString()));
        Assert.Equal([("withdrawn", ""), ("declined", "Ten at most"), ("accepted", "")], all);
        await ExpectAsync(code, ledger.Ada, 3, 0, 3000);
    }

    [Fact]
    public async Task AMemberAsksForSoMuchAtATime()
    {
        var (code, _) = await NewClassAsync(noticeDays: 0);
        using var cleo = new LedgerClient(await ledger.Admin.Member.InviteAsync(ledger.Node, "Cleo"));
        var key = cleo.NewKey();
        var first = (await AskAsync(code, cleo, 1, key)).ExpectCreated();
        Assert.Equal(first.Text, (await AskAsync(code, cleo, 1, key)).ExpectCreated().Text);
        for (var i = 0; i < 4; i++)
        {
            (await AskAsync(code, cleo, 1)).ExpectCreated();
        }

        (await AskAsync(code, cleo, 1)).ExpectProblem("too-many-share-requests");
        (await AskAsync("NOCLASS", ledger.Ben, 1)).ExpectProblem("unknown-share-class");
        (await AskAsync(code, ledger.Ben, 0)).ExpectProblem("invalid-field");
        (await AcceptAsync(first.Id, ledger.Admin)).ExpectCreated();
        var tooMany = (await AskAsync(code, cleo, long.MaxValue)).ExpectCreated().Id;
        (await AcceptAsync(tooMany, ledger.Admin)).ExpectProblem("too-many-shares");
        var open = (await ledger.Admin.GetAsync($"{Shares}/requests?limit=200")).ExpectOk().Json.GetProperty("items").EnumerateArray();
        Assert.Equal(5, open.Count(r => r.GetProperty("memberId").GetGuid() == cleo.Member.Id));
    }

    [Fact]
    public async Task TheAccountsOfShares_AreNotClosed_AndKeepTheirLimits()
    {
        var (code, chart) = await NewClassAsync(noticeDays: 0);
        (await SubscribeAsync(code, ledger.Ada, 1)).ExpectCreated();
        var holding = (await ledger.Ada.GetAsync($"{Shares}/members/{ledger.Ada.Member.Id}")).ExpectOk().Json.GetProperty("holdings")
            .EnumerateArray().Single(h => h.GetProperty("class").GetString() == code);
        var capital = holding.GetProperty("capitalAccountId").GetGuid();
        var before = await ledger.FootprintAsync();

        (await ledger.Admin.PostAsync($"accounts/{capital}/close", new { })).ExpectProblem("account-in-use");
        (await ledger.Admin.PutAsync($"accounts/{capital}", new { name = "Capital" })).ExpectProblem("account-in-use");
        (await ledger.Admin.PutAsync($"accounts/{capital}", new { name = "Capital", floorMinor = 0, placeholder = true }))
            .ExpectProblem("account-in-use");

        Assert.Equal(before, await ledger.FootprintAsync());
        (await ledger.Admin.PutAsync($"accounts/{capital}", new { name = "Capital of Ada", floorMinor = 0 })).ExpectOk();
        (await PayAsync(code, ledger.Ada, 1000, chart.Bank)).ExpectCreated();
    }

    [Fact]
    public async Task AnAuditorFromOutside_HasNothingOfTheirOwn()
    {
        var (code, chart) = await NewClassAsync(noticeDays: 0);
        using var otto = new LedgerClient(await ledger.Admin.Member.InviteAsync(ledger.Node, "Otto", "auditor"));
        (await SubscribeAsync(code, ledger.Ada, 2)).ExpectCreated();
        var before = await ledger.FootprintAsync();

        (await SubscribeAsync(code, otto, 1)).ExpectProblem("unknown-owner");
        (await ledger.Admin.TryOpenAsync(new { name = "Otto", unit = chart.Unit, type = "liability", ownerId = otto.Member.Id }))
            .ExpectProblem("unknown-owner");

        Assert.Equal(before, await ledger.FootprintAsync());
        (await otto.GetAsync($"{Shares}/members/{ledger.Ada.Member.Id}")).ExpectOk();
    }

    [Fact]
    public async Task InvestorSharesAlone_GiveNoVote()
    {
        using var cleo = new LedgerClient(await ledger.Admin.Member.InviteAsync(ledger.Node, "Cleo"));
        var (investor, _) = await NewClassAsync(noticeDays: 0, votes: false);
        var (voting, _) = await NewClassAsync(noticeDays: 0);
        var closesAt = TimeProvider.System.GetUtcNow().AddHours(1);
        var proposal = await ledger.Admin.Member.OpenedAsync(closesAt);
        var all = await EligibleAsync(proposal, closesAt);

        (await cleo.Member.VoteAsync(proposal, "yes")).Succeeds();
        (await SubscribeAsync(investor, cleo, 1)).ExpectCreated();
        (await cleo.Member.VoteAsync(proposal, "no")).IsRefused(ProblemTypes.Forbidden);
        (await cleo.Member.VoteAsync(proposal, "yes")).IsRefused(ProblemTypes.Forbidden);
        Assert.Equal(all - 1, await EligibleAsync(proposal, closesAt));

        (await SubscribeAsync(voting, cleo, 1)).ExpectCreated();
        (await cleo.Member.VoteAsync(proposal, "no")).Succeeds();
        Assert.Equal(all, await EligibleAsync(proposal, closesAt));
    }

    // What a count would say; it is rolled back.
    private async Task<long> EligibleAsync(Guid proposal, DateTimeOffset at)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var connection = await ledger.Database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        return (await ClosingStore.CloseAsync(transaction, proposal, at, ct))!.Eligible;
    }

    private async Task<(string Code, LedgerNode.Chart Chart)> NewClassAsync(int noticeDays, bool votes = true)
    {
        var chart = await ledger.NewChartAsync();
        var code = $"S{chart.Unit}";
        (await ledger.Admin.PostAsync($"{Shares}/classes", Class(code, chart.Unit, noticeDays, votes))).ExpectCreated();
        return (code, chart);
    }

    private static object Class(string code, string moneyUnit, int noticeDays, bool votes = true) =>
        new { code, name = "Member shares", moneyUnit, parMinor = 1000, votes, noticeDays };

    private Task<LedgerAnswer> SubscribeAsync(string code, LedgerClient who, long shares, string? key = null) =>
        ledger.Admin.PostAsync(
            $"{Shares}/subscriptions",
            new { memberId = who.Member.Id, @class = code, shares, effectiveDate = "2026-01-31" },
            key ?? ledger.Admin.NewKey());

    private Task<LedgerAnswer> PayAsync(string code, LedgerClient who, long amountMinor, Guid account) =>
        ledger.Admin.PostAsync(
            $"{Shares}/payments",
            new { memberId = who.Member.Id, @class = code, amountMinor, accountId = account, effectiveDate = "2026-01-31" },
            ledger.Admin.NewKey());

    private static Task<LedgerAnswer> AskAsync(string code, LedgerClient who, long shares, string? key = null) =>
        who.PostAsync($"{Shares}/requests", new { @class = code, shares }, key ?? who.NewKey());

    private static Task<LedgerAnswer> AcceptAsync(Guid request, LedgerClient who) => who.PostAsync(
        $"{Shares}/requests/{request}/acceptance", new { effectiveDate = "2026-01-31" }, who.NewKey());

    private Task<LedgerAnswer> DeclineAsync(Guid request, string reason) =>
        ledger.Admin.PostAsync($"{Shares}/requests/{request}/refusal", new { reason });

    private Task<LedgerAnswer> TransferAsync(string code, long shares) => ledger.Admin.PostAsync(
        $"{Shares}/transfers",
        new
        {
            fromMemberId = ledger.Ada.Member.Id,
            toMemberId = ledger.Ben.Member.Id,
            @class = code,
            shares,
            effectiveDate = "2026-01-31",
        },
        ledger.Admin.NewKey());

    private Task<LedgerAnswer> RedeemAsync(Guid notice, Guid account, string effectiveDate = "2998-12-31") =>
        ledger.Admin.PostAsync(
            $"{Shares}/notices/{notice}/redemption", new { accountId = account, effectiveDate }, ledger.Admin.NewKey());

    private static async Task ExpectAsync(string code, LedgerClient who, long shares, long paid, long owed)
    {
        var statement = (await who.GetAsync($"{Shares}/members/{who.Member.Id}")).ExpectOk().Json;
        var holding = statement.GetProperty("holdings").EnumerateArray()
            .Single(h => h.GetProperty("class").GetString() == code);
        Assert.Equal(shares, holding.GetProperty("shares").GetInt64());
        Assert.Equal(paid, holding.GetProperty("paidMinor").GetInt64());
        Assert.Equal(owed, holding.GetProperty("owedMinor").GetInt64());
    }

    // An event is an intake row until it is sequenced; one statement sees it in one place.
    private Task<long> EventsAsync(string type, string subject) => ledger.CountAsync(
        """
        SELECT (SELECT count(*) FROM log_intake WHERE type = $1 AND subject = $2)
          + (SELECT count(*) FROM log_entries
             WHERE convert_from(entry, 'UTF8') LIKE '%"subject":"' || $2 || '"%"type":"' || $1 || '"%')
        """,
        type, subject);
}
