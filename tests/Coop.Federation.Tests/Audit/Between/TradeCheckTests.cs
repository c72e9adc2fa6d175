using System.Text.Json.Nodes;
using Coop.Federation.Audit.Between;

namespace Coop.Federation.Tests.Audit.Between;

/// <summary>Trade that two logs tell of: whole, and with one thing wrong at a time.</summary>
public sealed class TradeCheckTests
{
    private const string Id = "0198a0b0-0000-7000-8000-0000000000d1";

    private readonly PaperFederation _federation = new(5);

    [Fact]
    public async Task Agrees_WhenBothSidesTellTheSame()
    {
        Pay();
        var report = await _federation.AuditAsync();
        Assert.DoesNotContain(report.Findings, f => f.IsFault);
        var pair = report.Pairs.Single(p => p.Node == _federation.Acorn.Origin && p.Peer == _federation.Birch.Origin);
        Assert.Equal(new TradeResult(3, 3, 3), pair.Trade);
    }

    [Fact]
    public async Task Finds_ACommitThatThePayersLogDoesNotKnow()
    {
        Pay(commitKnown: false);
        await FindsAsync(CrossCode.TradeUnsent);
    }

    [Fact]
    public async Task Finds_AMessageThatBecameAnother()
    {
        Pay(commitHash: "other");
        await FindsAsync(CrossCode.TradeChanged);
    }

    [Fact]
    public async Task Finds_ACreditWithoutACommit_AndNamesTheJournal()
    {
        Said(_federation.Birch, false, _federation.Acorn, "prepare", 1, "h1");
        Said(_federation.Acorn, true, _federation.Birch, "prepare", 1, "h1");
        Said(_federation.Birch, true, _federation.Acorn, "receipt", 1, "r1", journal: "j-1");
        Said(_federation.Acorn, false, _federation.Birch, "receipt", 1, "r1");
        Assert.Contains("j-1", (await FindsAsync(CrossCode.TradeUncommitted)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finds_ACommitAndAnAbort()
    {
        Pay();
        Said(_federation.Acorn, true, _federation.Birch, "abort", 4, "h4");
        Said(_federation.Birch, false, _federation.Acorn, "abort", 4, "h4");
        await FindsAsync(CrossCode.TradeTwoDecisions);
    }

    [Fact]
    public async Task Finds_ACreditThatCameTwice()
    {
        Pay();
        Said(_federation.Birch, true, _federation.Acorn, "receipt", 3, "r3");
        Said(_federation.Acorn, false, _federation.Birch, "receipt", 3, "r3");
        await FindsAsync(CrossCode.TradeTwoDecisions);
    }

    [Fact]
    public async Task Finds_APromiseBeyondTheLimit()
    {
        Pay(limit: "99");
        await FindsAsync(CrossCode.TradeLimit);
    }

    [Theory]
    [InlineData("-100", null)]
    [InlineData("-99", CrossCode.TradeStatement)]
    public async Task HoldsStatementsAgainstTheSteps(string balance, CrossCode? code)
    {
        Pay(statement: balance);
        var report = await _federation.AuditAsync();
        Assert.Equal(code is null ? [] : [code.Value], report.Findings.Where(f => f.IsFault).Select(f => f.Code).Distinct());
    }

    [Fact]
    public async Task Finds_AStatementThatOneSideDisputes()
    {
        Pay();
        Said(_federation.Birch, true, _federation.Acorn, "countersign", 3, "r3", agrees: false, balance: "100");
        Said(_federation.Acorn, false, _federation.Birch, "countersign", 3, "r3", agrees: false, balance: "100");
        await FindsAsync(CrossCode.TradeDisputed);
    }

    [Fact]
    public async Task Tells_WhatIsUnderWay_AndCallsItNoFault()
    {
        Said(_federation.Acorn, true, _federation.Birch, "prepare", 1, "h1");
        var report = await _federation.AuditAsync();
        Assert.False(report.IsFault);
        Assert.Contains(report.Findings, f => f.Code == CrossCode.TradeUnderway);
    }

    [Theory]
    [InlineData("commit", false, null)]
    [InlineData("abort", false, CrossCode.TradeNettingTorn)]
    [InlineData("abort", true, null)]
    public async Task Finds_ANettingOfWhichOneLegWasPaidAndAnotherWasNot(string other, bool isResolved, CrossCode? code)
    {
        var (acorn, birch) = (_federation.Acorn, _federation.Birch);
        Said(acorn, true, birch, "commit", 1, "h1", netting: "n");
        Said(birch, false, acorn, "commit", 1, "h1", netting: "n");
        if (isResolved)
        {
            Said(acorn, true, birch, "resolve", 2, "h2", transfer: "other");
            Said(birch, false, acorn, "resolve", 2, "h2", transfer: "other");
            Said(birch, true, acorn, "resolve", 1, "r1", transfer: "other");
            Said(acorn, false, birch, "resolve", 1, "r1", transfer: "other");
        }

        Said(birch, true, acorn, other, 2, "r2", netting: "n", transfer: "other");
        Said(acorn, false, birch, other, 2, "r2", netting: "n", transfer: "other");
        var report = await _federation.AuditAsync();
        Assert.Equal(code is null ? [] : [code.Value], report.Findings.Where(f => f.IsFault).Select(f => f.Code).Distinct());
    }

    private static void Said(
        PaperCoop who, bool isOwn, PaperCoop peer, string step, long seq, string hash, string amount = "100",
        string? journal = null, string? limit = null, string? balance = null, bool? agrees = null,
        string? netting = null, string transfer = Id) =>
        who.Append(isOwn ? "trade.sent" : "trade.received", new JsonObject
        {
            ["peer"] = peer.Did,
            ["step"] = step,
            ["seq"] = seq,
            ["hash"] = hash,
            ["transfer"] = balance is null ? transfer : null,
            ["unit"] = "EUR",
            ["amountMinor"] = amount,
            ["journal"] = journal,
            ["limitMinor"] = limit,
            ["agrees"] = agrees,
            ["netting"] = netting,
            ["balances"] = balance is null ? null : new JsonArray(new JsonObject { ["unit"] = "EUR", ["balanceMinor"] = balance }),
        });

    private void Pay(bool commitKnown = true, string commitHash = "h2", string? limit = "100", string? statement = null)
    {
        var (acorn, birch) = (_federation.Acorn, _federation.Birch);
        Said(acorn, true, birch, "prepare", 1, "h1");
        Said(birch, false, acorn, "prepare", 1, "h1");
        Said(birch, true, acorn, "accept", 1, "r1", limit: limit);
        Said(acorn, false, birch, "accept", 1, "r1");
        if (commitKnown)
        {
            Said(acorn, true, birch, "commit", 2, commitHash);
        }

        Said(birch, false, acorn, "commit", 2, "h2");
        Said(birch, true, acorn, "receipt", 2, "r2", journal: "j-2");
        Said(acorn, false, birch, "receipt", 2, "r2");
        Said(acorn, true, birch, "statement", 3, "h3", balance: commitKnown ? statement ?? "-100" : "0");
        Said(birch, false, acorn, "statement", 3, "h3", balance: commitKnown ? statement ?? "-100" : "0");
        acorn.AppendMany(1);
        birch.AppendMany(1);
    }

    private async Task<CrossFinding> FindsAsync(CrossCode code)
    {
        var findings = (await _federation.AuditAsync()).Findings;
        // Both logs may tell of it; each finding names the entry in one of them.
        return findings.FirstOrDefault(f => f.Code == code) ?? throw new InvalidOperationException($"{code} was not found.");
    }
}
