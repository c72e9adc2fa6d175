namespace Coop.Node.Tests.Ledger;

/// <summary>The balances of an hledger journal, brought into the books through the API.</summary>
[Collection(LedgerNode.Name)]
public sealed class OpeningTests(LedgerNode ledger)
{
    [Fact]
    public async Task ADryRun_ChangesNothing_AndTheRealOneDoesWhatItSaid_Once()
    {
        var unit = await ledger.NewUnitAsync();
        var bank = await ledger.Admin.OpenAsync("bank", unit, "asset");
        var journal = $"2026-01-31 Opening\n    assets:bank  100.00 \"{unit}\"\n    expenses:rent of {unit}  5.00 \"{unit}\"\n    equity:start\n";
        var before = await ledger.FootprintAsync();
        var dry = (await ledger.Admin.PostAsync("opening", new { journal, dryRun = true })).ExpectOk().Json;
        Assert.Equal(before, await ledger.FootprintAsync());
        Assert.Equal(["false", "true", "true"], dry.GetProperty("accounts").EnumerateArray().Select(a => a.GetProperty("isNew").GetRawText()));

        var done = (await ledger.Admin.PostAsync("opening", new { journal, dryRun = false })).ExpectOk().Json;
        Assert.Equal(dry.GetProperty("accounts").GetRawText(), done.GetProperty("accounts").GetRawText());
        Assert.Equal(1, done.GetProperty("journalIds").GetArrayLength());
        Assert.Equal(10000, await ledger.Admin.BalanceAsync(bank));
        (await ledger.Admin.PostAsync("opening", new { journal, dryRun = false })).ExpectProblem("opening-done");
        (await ledger.Admin.PostAsync("opening", new { journal, dryRun = true })).ExpectProblem("opening-done");
    }

    [Fact]
    public async Task Refuses_WhatCannotBeRead_WithItsLine_AndLeavesNothing()
    {
        var unit = await ledger.NewUnitAsync();
        var before = await ledger.FootprintAsync();
        var answer = await ledger.Admin.PostAsync("opening", new { journal = $"2026-01-31 x\n    assets:bank  1 \"{unit}\"\n    assets:cash  2 \"{unit}\"\n", dryRun = false });
        Assert.Contains("Line 2", answer.ExpectProblem("journal-unreadable").Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        (await ledger.Admin.PostAsync("opening", new { journal = "include /etc/passwd\n", dryRun = true })).ExpectProblem("journal-unreadable");
        (await ledger.Admin.PostAsync("opening", new { journal = "", dryRun = true })).ExpectProblem("journal-unreadable");
        (await ledger.Admin.PostAsync("opening", new { journal = "1812-01-31 x\n    assets:a  1 NOPE\n    assets:b\n", dryRun = true })).ExpectProblem("invalid-field");
        (await ledger.Admin.PostAsync("opening", new { journal = "2026-01-31 x\n    assets:a  1 NOPE\n    assets:b\n", dryRun = true })).ExpectProblem("journal-unreadable");
        (await ledger.Ada.PostAsync("opening", new { journal = "", dryRun = true })).ExpectProblem("forbidden");
        Assert.Equal(before, await ledger.FootprintAsync());
    }
}
