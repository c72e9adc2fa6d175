using System.Text;
using System.Text.Json.Nodes;
using Coop.Federation.Audit;
using Coop.Federation.Audit.Between;
using Coop.Federation.Log.Notes;
using Coop.Federation.Log.Tiles;
using Coop.Federation.Replication;

namespace Coop.Federation.Tests.Audit.Between;

/// <summary>An audit of three co-ops: in order, and with each kind of fault made once by hand.</summary>
public class FederationAuditorTests
{
    [Fact]
    public async Task Holds_WhenEverythingFits()
    {
        var report = await new PaperFederation().AuditAsync();
        Assert.Empty(report.Findings);
        Assert.True(report.IsComplete);
        Assert.False(report.IsFault);
        Assert.Equal(6, report.Pairs.Count);
        Assert.All(report.Pairs, p => Assert.True(p.Mirror!.Agrees));
        Assert.All(report.Nodes, n => Assert.Equal((2, 1, 2), (n.Cosigned!.Witnesses, n.Cosigned.Least, n.Cosigned.Newest)));
        var pair = Pair(report, "birch", "acorn");
        Assert.Equal((2, 2), (pair.Seen.Count, pair.Seen.Agreeing));
        Assert.Equal(new ClaimResult(1, 1, 1), Pair(report, "acorn", "birch").Claims);
    }

    [Fact]
    public async Task Holds_WhenACopyIsBehind()
    {
        var federation = new PaperFederation();
        federation.Birch.Mirrors[federation.Acorn.Origin] = federation.Acorn.Publish();
        federation.Acorn.AppendMany(400);
        var report = await federation.AuditAsync();
        Assert.DoesNotContain(report.Findings, f => f.IsFault);
        Assert.Equal(305, Pair(report, "birch", "acorn").Mirror!.Size);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(301)]
    public async Task Names_TheKeeper_WhenAByteOfACopyIsAnother(int entry)
    {
        var federation = new PaperFederation();
        var entries = federation.Acorn.Entries.ToList();
        entries[entry] = [.. entries[entry]];
        entries[entry][^40] ^= 1;
        federation.Birch.Mirrors[federation.Acorn.Origin] = federation.Acorn.Publish().WithStoredEntries(entries);
        var finding = await FindAsync(federation, CrossCode.MirrorChanged);
        Assert.Equal(("birch.example/log", "acorn.example/log"), (finding.Node, finding.Peer));
        Assert.Equal((entry, "acorn.example/log"), (finding.Entry, finding.EntryOf));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(10, 0)]
    [InlineData(200, 7)]
    [InlineData(300, 400)]
    public async Task Names_TheLiar_AndTheEntry_WhenTwoHistoriesAreSigned(int from, int more)
    {
        var federation = new PaperFederation();
        var lie = new PaperCoop("acorn");
        lie.AppendMany(from);
        lie.AppendMany(federation.Acorn.Entries.Count - from + more, "journal.posted");
        federation.Birch.Mirrors[federation.Acorn.Origin] = federation.Acorn.Publish();
        federation.Acorn.Entries.Clear();
        federation.Acorn.Entries.AddRange(lie.Entries);
        federation.Cedar.Mirrors.Remove(federation.Acorn.Origin);
        var report = await federation.AuditAsync();
        var finding = report.Findings.First(f => f is { Code: CrossCode.TwoHistories, EntryOf: "acorn.example/log" });
        Assert.Equal(("acorn.example/log", "birch.example/log", from), (finding.Node, finding.Peer, finding.Entry));
        finding.Evidence!.Verify();
        Assert.True(report.IsFault);
        Assert.All(report.Nodes, n => Assert.True(n.Audit!.Report.IsClean));
    }

    [Fact]
    public async Task Names_TheEntryThatSawIt_WhenTheHistoryWasAnother()
    {
        var federation = new PaperFederation();
        var lie = federation.Acorn.Fork().AppendMany(4, "journal.posted");
        federation.Acorn.AppendMany(9);
        federation.Birch.Saw(federation.Acorn, lie.Note);
        var finding = await FindAsync(federation, CrossCode.TwoHistories);
        Assert.Equal(("acorn.example/log", "birch.example/log"), (finding.Node, finding.Peer));
        Assert.Equal((federation.Birch.Entries.Count - 1, "birch.example/log"), (finding.Entry, finding.EntryOf));
        Assert.Equal(lie.Note.Text, finding.Evidence!.Smaller.Text);
    }

    [Fact]
    public async Task Names_TheFirstEntryThatIsHidden_WhenOthersHaveMore()
    {
        var federation = new PaperFederation();
        federation.Acorn.Entries.RemoveRange(250, federation.Acorn.Entries.Count - 250);
        var finding = await FindAsync(federation, CrossCode.HistoryWithheld);
        Assert.Equal(("acorn.example/log", 250), (finding.Node, finding.Entry));
    }

    [Fact]
    public async Task Names_WhoSaysToHaveSeen_WhatWasNeverSigned()
    {
        var federation = new PaperFederation();
        var note = new Checkpoint(federation.Acorn.Origin, 5, new byte[32]).Sign(PublishedLog.SigningKey);
        federation.Birch.Saw(federation.Acorn, note);
        var finding = await FindAsync(federation, CrossCode.SeenUnsigned);
        Assert.Equal(("birch.example/log", federation.Birch.Entries.Count - 1), (finding.Node, finding.Entry));
    }

    [Fact]
    public async Task Finds_PayloadsThatAreChangedOrMissing()
    {
        var federation = new PaperFederation();
        var (sawAcorn, received) = (Id(federation.Birch, 300), Id(federation.Birch, 301));
        federation.Birch.Overrides[$"/log/events/{sawAcorn}/payload"] = null;
        federation.Birch.Overrides[$"/log/events/{received}/payload"] =
            Encoding.UTF8.GetBytes($$"""{"salt":"{{Convert.ToBase64String(new byte[32])}}","payload":{"claimId":"x","hash":"y","peer":"z"} }""");
        var report = await federation.AuditAsync();
        Assert.Equal(300, report.Findings.Single(f => f.Code == CrossCode.PayloadMissing).Entry);
        Assert.Equal(301, report.Findings.Single(f => f.Code == CrossCode.PayloadChanged).Entry);
    }

    [Theory]
    [InlineData("claim.received", "0198a0b0-0000-7000-8000-0000000000c2", "hash", CrossCode.ClaimUnsent, true)]
    [InlineData("claim.sent", "0198a0b0-0000-7000-8000-0000000000c2", "hash", CrossCode.ClaimUnderway, false)]
    public async Task Finds_ClaimsOfOneSideOnly(string type, string id, string hash, CrossCode code, bool isFault)
    {
        var federation = new PaperFederation();
        federation.Cedar.Claimed(type, id, federation.Birch, hash);
        var finding = await FindAsync(federation, code);
        Assert.Equal(("cedar.example/log", "birch.example/log"), (finding.Node, finding.Peer));
        Assert.Equal(isFault, finding.IsFault);
        Assert.Equal(federation.Cedar.Entries.Count - 1, finding.Entry);
    }

    [Fact]
    public async Task Finds_AClaimThatBecameAnother()
    {
        var federation = new PaperFederation();
        federation.Acorn.Claimed("claim.sent", "0198a0b0-0000-7000-8000-0000000000c3", federation.Cedar, "one");
        federation.Cedar.Claimed("claim.received", "0198a0b0-0000-7000-8000-0000000000c3", federation.Acorn, "other");
        var finding = await FindAsync(federation, CrossCode.ClaimChanged);
        Assert.Equal("cedar.example/log", finding.Node);
    }

    [Theory]
    [InlineData("state", "suspended", CrossCode.PeeringState)]
    [InlineData("termsHash", "b3RoZXI=", CrossCode.PeeringTerms)]
    [InlineData("id", "p-other", CrossCode.PeeringTerms)]
    [InlineData("state", "frozen", CrossCode.PeeringFrozen)]
    public async Task Finds_SidesOfAPeeringThatDoNotFit(string member, string value, CrossCode code)
    {
        var federation = new PaperFederation();
        federation.Acorn.Peers[0]![member] = value;
        var finding = await FindAsync(federation, code);
        Assert.Equal(code != CrossCode.PeeringFrozen, finding.IsFault);
    }

    [Fact]
    public async Task Finds_APeeringThatOneSideDoesNotKnow()
    {
        var federation = new PaperFederation();
        federation.Birch.Peers.RemoveAt(0);
        var finding = await FindAsync(federation, CrossCode.PeeringOneSided);
        Assert.Equal(("acorn.example/log", "birch.example/log"), (finding.Node, finding.Peer));
    }

    [Fact]
    public async Task Finds_APeerThatIsKnownByAnotherKey()
    {
        var federation = new PaperFederation();
        federation.Acorn.Peers[0]!["peer"]!["witness"]!["vkey"] = federation.Cedar.WitnessKey.ToString();
        var finding = await FindAsync(federation, CrossCode.PeeringKey);
        Assert.Equal(("acorn.example/log", "birch.example/log"), (finding.Node, finding.Peer));
    }

    [Fact]
    public async Task Finds_ACheckpointWithoutItsQuorum()
    {
        var federation = new PaperFederation();
        federation.Acorn.Witnesses.Clear();
        var finding = await FindAsync(federation, CrossCode.QuorumMissing);
        Assert.Equal("acorn.example/log", finding.Node);
    }

    [Fact]
    public async Task Holds_WhenTheQuorumIsABitBehind()
    {
        var federation = new PaperFederation();
        federation.Acorn.Overrides["/log/checkpoint/witnessed"] = federation.Acorn.Files()["/log/checkpoint"];
        federation.Acorn.AppendMany(20);
        federation.Acorn.Witnesses.Clear();
        var report = await federation.AuditAsync();
        Assert.Empty(report.Findings);
        Assert.Equal(305, report.Nodes[0].Cosigned!.QuorumSize);
    }

    [Fact]
    public async Task Finds_ACosignatureThatIsForged()
    {
        var federation = new PaperFederation();
        var text = Encoding.UTF8.GetString(federation.Acorn.Files()["/log/checkpoint"]!);
        var note = SignedNote.Parse(Encoding.UTF8.GetBytes(text));
        var forged = note.Signatures[^1] with { Bytes = new byte[72] };
        federation.Acorn.Overrides["/log/checkpoint"] = (note with { Signatures = [.. note.Signatures.SkipLast(1), forged] }).Encode();
        var finding = await FindAsync(federation, CrossCode.CosignatureInvalid);
        Assert.Contains("cedar.example/witness", finding.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_OfEvidence_AndOfWhatIsNone()
    {
        var federation = new PaperFederation();
        var lie = federation.Acorn.Fork().AppendMany(2, "journal.posted");
        federation.Acorn.AppendMany(2);
        var evidence = EquivocationEvidence.Create(federation.Acorn.Key, federation.Acorn.Note, lie.Note, []);
        federation.Cedar.WithEvidence(evidence.Id, evidence.Encode()).WithEvidence("abc", "{}"u8.ToArray());
        var report = await federation.AuditAsync();
        var proven = report.Findings.Single(f => f.Code == CrossCode.TwoHistories);
        Assert.Equal(("acorn.example/log", "cedar.example/log"), (proven.Node, proven.Peer));
        Assert.Equal("cedar.example/log", report.Findings.Single(f => f.Code == CrossCode.EvidenceInvalid).Node);
    }

    [Fact]
    public async Task GoesOn_WhenOneAnswerCannotBeRead()
    {
        var federation = new PaperFederation();
        federation.Birch.Overrides["/federation/peers"] = "{\"peers\":[{}]}"u8.ToArray();
        var finding = await FindAsync(federation, CrossCode.AnswerMalformed);
        Assert.Equal("birch.example/log", finding.Node);
    }

    [Fact]
    public async Task GoesOn_WhenOneNodeIsSilent_ButIsNotComplete()
    {
        var federation = new PaperFederation();
        federation.Silent.Add(federation.Cedar.Host);
        var report = await federation.AuditAsync();
        Assert.False(report.IsComplete);
        Assert.False(report.IsFault);
        Assert.Contains("does not answer", report.Nodes[2].Reason, StringComparison.Ordinal);
        Assert.Equal(2, report.Pairs.Count);
    }

    [Fact]
    public async Task Tells_WhenAPeerKeepsNoCopyYet()
    {
        var federation = new PaperFederation();
        federation.Birch.Mirrors.Clear();
        var report = await federation.AuditAsync();
        Assert.Equal(2, report.Findings.Count(f => f.Code == CrossCode.MirrorMissing));
        Assert.False(report.IsFault);
    }

    [Fact]
    public async Task Remembers_EachNode_AndNamesTheEntry_WhenOneIsRewritten()
    {
        var before = await new PaperFederation(600).AuditAsync();
        var states = before.Nodes.ToDictionary(n => n.Address, n => n.Audit!.Report.State!);
        var federation = new PaperFederation(600);
        var size = federation.Cedar.Entries.Count;
        federation.Cedar.Entries.RemoveRange(40, size - 40);
        federation.Cedar.AppendMany(size - 40, "journal.posted");
        var report = await federation.AuditAsync(new([], states));
        var finding = report.Nodes[2].Audit!.Report.Finding!;
        Assert.Equal((FindingCode.HistoryRewritten, 40), (finding.Code, finding.Entry));
        Assert.Null(report.Nodes[0].Audit!.Report.Finding);
        Assert.Equal(size, report.Nodes[2].Audit!.Report.EntriesChecked);
    }

    [Fact]
    public async Task Finds_ALogThatShowsAnotherHistoryAtAnotherAddress()
    {
        var federation = new PaperFederation();
        var other = federation.Acorn.Fork();
        other.Entries.RemoveRange(200, other.Entries.Count - 200);
        other.AppendMany(50, "journal.posted");
        federation.Serve("acorn.other.example", other);
        var report = await federation.AuditAsync();
        var finding = report.Findings.First(f => f.Code == CrossCode.TwoHistories);
        Assert.Contains("https://acorn.other.example/", finding.Detail, StringComparison.Ordinal);
        finding.Evidence!.Verify();
    }

    [Fact]
    public async Task Holds_NodesToTheGivenKeys_AndRefusesOnesOfNoNode()
    {
        var federation = new PaperFederation();
        var other = NoteKey.Create(federation.Acorn.Origin, NoteKey.Ed25519Type, PublishedLog.SigningKey.PublicKey.Span);
        var report = await federation.AuditAsync(new([other], new Dictionary<Uri, AuditState>()));
        Assert.Equal(FindingCode.KeyChanged, report.Nodes[0].Audit!.Report.Finding!.Code);
        await Assert.ThrowsAsync<AuditImpossibleException>(() =>
            federation.AuditAsync(new([PublishedLog.Key], new Dictionary<Uri, AuditState>())));
    }

    private static PairReport Pair(FederationReport report, string node, string peer) =>
        report.Pairs.Single(p => p.Node == $"{node}.example/log" && p.Peer == $"{peer}.example/log");

    private static async Task<CrossFinding> FindAsync(PaperFederation federation, CrossCode code)
    {
        var report = await federation.AuditAsync();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', report.Findings.Select(f => $"{f.Code} {f.Detail}")));
        var finding = report.Findings.First(f => f.Code == code);
        Assert.Equal(CrossCodes.IsFault(code), report.IsFault);
        return finding;
    }

    private static string Id(PaperCoop coop, int entry) =>
        JsonNode.Parse(coop.Entries[entry])!["id"]!.GetValue<string>();
}
