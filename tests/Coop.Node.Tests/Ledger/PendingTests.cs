using System.Net;
using Coop.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Coop.Node.Tests.Ledger;

[Collection(LedgerNode.Name)]
public sealed class PendingTests(LedgerNode ledger)
{
    [Fact]
    public async Task Reserves_AndIsPosted()
    {
        var chart = await ledger.NewChartAsync();
        (await ledger.Admin.JournalAsync((chart.Bank, 10), (chart.AdaMoney, -10))).ExpectCreated();
        var pending = (await ReserveAsync(ledger.Ada, (chart.AdaMoney, 7), (chart.BenMoney, -7))).ExpectCreated();

        Assert.Equal(-10, await ledger.Ada.BalanceAsync(chart.AdaMoney));
        Assert.Equal(3, await AvailableAsync(chart.AdaMoney));
        // What is reserved is gone for the payer, and not yet there for the payee.
        (await ledger.Ada.JournalAsync((chart.AdaMoney, 4), (chart.BenMoney, -4))).ExpectProblem("below-floor");
        (await ledger.Ben.JournalAsync((chart.BenMoney, 1), (chart.AdaMoney, -1))).ExpectProblem("below-floor");
        var posted = (await PostAsync(ledger.Ada, pending.Id, new { })).ExpectCreated();

        Assert.Equal(-3, await ledger.Ada.BalanceAsync(chart.AdaMoney));
        Assert.Equal(3, await AvailableAsync(chart.AdaMoney));
        Assert.Equal(-7, await ledger.Ben.BalanceAsync(chart.BenMoney));
        var shown = (await ledger.Ben.GetAsync($"pending/{pending.Id}")).ExpectOk().Json;
        Assert.Equal("posted", shown.GetProperty("state").GetString());
        Assert.Equal(posted.Id, shown.GetProperty("journalId").GetGuid());
        (await PostAsync(ledger.Ada, pending.Id, new { })).ExpectProblem("pending-over");
        (await VoidAsync(ledger.Ada, pending.Id)).ExpectProblem("pending-over");
    }

    [Fact]
    public async Task IsPostedInPart_AndTheRestIsGivenFree()
    {
        var chart = await ledger.NewChartAsync();
        (await ledger.Admin.JournalAsync((chart.Bank, 10), (chart.AdaMoney, -10))).ExpectCreated();
        var pending = (await ReserveAsync(ledger.Ada, (chart.AdaMoney, 10), (chart.BenMoney, -10))).ExpectCreated();
        foreach (var amount in new[] { 0, -1, 11 })
        {
            (await PostAsync(ledger.Ada, pending.Id, new { amountMinor = amount })).ExpectProblem("invalid-field");
        }

        (await PostAsync(ledger.Ada, pending.Id, new { amountMinor = 4 })).ExpectCreated();
        Assert.Equal(6, await AvailableAsync(chart.AdaMoney));
        Assert.Equal(-4, await ledger.Ben.BalanceAsync(chart.BenMoney));
        var three = (await ReserveAsync(ledger.Admin, (chart.Bank, 3), (chart.AdaMoney, -2), (chart.BenMoney, -1))).ExpectCreated();
        (await PostAsync(ledger.Admin, three.Id, new { amountMinor = 1 })).ExpectProblem("invalid-field");
        (await PostAsync(ledger.Admin, three.Id, new { effectiveDate = "2026-03-01" })).ExpectCreated();
    }

    [Fact]
    public async Task IsVoided_ByWhoeverReservedIt()
    {
        var chart = await ledger.NewChartAsync();
        (await ledger.Admin.JournalAsync((chart.Bank, 10), (chart.AdaMoney, -10))).ExpectCreated();
        var pending = (await ReserveAsync(ledger.Ada, (chart.AdaMoney, 10), (chart.BenMoney, -10))).ExpectCreated();
        (await VoidAsync(ledger.Ben, pending.Id)).ExpectProblem("forbidden");
        (await PostAsync(ledger.Ben, pending.Id, new { })).ExpectProblem("forbidden");
        (await VoidAsync(ledger.Ada, Guid.AllBitsSet)).ExpectProblem("not-found");
        (await VoidAsync(ledger.Ada, pending.Id)).ExpectOk();
        Assert.Equal(10, await AvailableAsync(chart.AdaMoney));
        (await ledger.Ada.JournalAsync((chart.AdaMoney, 10), (chart.BenMoney, -10))).ExpectCreated();
    }

    [Fact]
    public async Task WhoHasLostTheOffice_GivesUpWhatTheyReservedInIt_AndDoesNotBookIt()
    {
        var chart = await ledger.NewChartAsync();
        using var tess = new LedgerClient(await ledger.Admin.Member.InviteAsync(ledger.Node, "Tess", "member", "treasurer"));
        var reserved = (await ReserveAsync(tess, (chart.Bank, 5), (chart.AdaMoney, -5))).ExpectCreated().Id;
        (await ledger.Admin.PutAsync($"../members/{tess.Member.Id}/roles", new { roles = (string[])["member"] })).ExpectOk();
        (await PostAsync(tess, reserved, new { })).ExpectProblem("forbidden");
        (await VoidAsync(tess, reserved)).ExpectOk();
        Assert.Equal(0, await ledger.Admin.BalanceAsync(chart.Bank));
    }

    [Fact]
    public async Task APromise_IsKept_WhateverBecameOfTheFloor_AndOncePosted()
    {
        var chart = await ledger.NewChartAsync();
        (await ledger.Admin.JournalAsync((chart.Bank, 10), (chart.AdaMoney, -10))).ExpectCreated();
        var pending = (await ReserveAsync(ledger.Ada, (chart.AdaMoney, 10), (chart.BenMoney, -10))).ExpectCreated();
        (await ledger.Admin.PutAsync($"accounts/{chart.AdaMoney}", new { name = "Ada", floorMinor = 5 })).ExpectOk();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => i % 2 == 0
            ? PostAsync(ledger.Ada, pending.Id, new { })
            : VoidAsync(ledger.Ada, pending.Id)));

        Assert.Single(answers, a => a.Status is HttpStatusCode.Created or HttpStatusCode.OK);
        Assert.All(answers.Where(a => (int)a.Status >= 400), a => a.ExpectProblem("pending-over"));
        Assert.Equal(0, await ledger.CountAsync(
            "SELECT count(*) FROM ledger_balances WHERE account_id = $1 AND pending_debit_minor <> 0", chart.AdaMoney));
    }

    [Fact]
    public async Task Expires_ByTheNodesClock()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var node = await TestNode.StartAsync(time: time);
        using var admin = new LedgerClient(await TestMember.EnrolAdministratorAsync(node));
        (await admin.CreateUnitAsync("EUR")).ExpectCreated();
        var (bank, till) = (await admin.OpenAsync("Bank", "EUR", "asset"), await admin.OpenAsync("Till", "EUR", "asset"));
        var expiresAt = time.GetUtcNow().AddMinutes(5);
        (await ReserveAsync(admin, time.GetUtcNow(), (bank, 5), (till, -5))).ExpectProblem("invalid-field");
        var pending = (await ReserveAsync(admin, expiresAt, (bank, 5), (till, -5))).ExpectCreated();

        time.Advance(TimeSpan.FromMinutes(5));
        (await PostAsync(admin, pending.Id, new { })).ExpectProblem("pending-over");
        while ((await admin.GetAsync($"pending/{pending.Id}")).ExpectOk().Json.GetProperty("state").GetString() != "expired")
        {
            time.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        var account = (await admin.GetAsync($"accounts/{till}")).ExpectOk().Json;
        Assert.Equal(0, account.GetProperty("availableMinor").GetInt64());
    }

    private static Task<LedgerAnswer> ReserveAsync(LedgerClient client, params (Guid, long)[] postings) =>
        ReserveAsync(client, null, postings);

    private static Task<LedgerAnswer> ReserveAsync(
        LedgerClient client, DateTimeOffset? expiresAt, params (Guid, long)[] postings) => client.PostAsync(
        "pending", new { journal = LedgerClient.Journal(postings), expiresAt }, $"r-{client.NewKey()}");

    private static Task<LedgerAnswer> PostAsync(LedgerClient client, Guid id, object body) =>
        client.PostAsync($"pending/{id}/post", body, $"p-{client.NewKey()}");

    private static Task<LedgerAnswer> VoidAsync(LedgerClient client, Guid id) =>
        client.PostAsync($"pending/{id}/void", new { }, $"v-{client.NewKey()}");

    private async Task<long> AvailableAsync(Guid account) =>
        (await ledger.Admin.GetAsync($"accounts/{account}")).ExpectOk().Json.GetProperty("availableMinor").GetInt64();
}
