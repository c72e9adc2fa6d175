using System.Text;
using Coop.Identity.Dids;
using Coop.Identity.Dids.WebVh;

namespace Coop.Identity.Tests.Dids.WebVh;

public class WebVhWitnessTests
{
    private static WebVhWitnessRule TwoOf(params byte[] witnesses) =>
        new(2, [.. witnesses.Select(w => DidKey.Create(SampleLog.Key(w).Public))]);

    [Fact]
    public void Needs_TheThreshold_FromTheFirstEntryOn()
    {
        var log = SampleLog.Create(c => c with { Witness = TwoOf(11, 12, 13) });
        AssertMissing(log, 1);
        AssertMissing(log.Approve(11), 1);
        Assert.Null(log.Approve(13).Verify().Fault);
        Assert.Equal(2, log.Resolve().Metadata.WitnessThreshold);
        AssertMissing(log.Append(1), 2);

        // One proof approves all that came before it.
        var later = SampleLog.Create(c => c with { Witness = TwoOf(11, 12, 13) }).Append(1).Append(1).Approve(11, 12);
        Assert.Null(later.Verify().Fault);
    }

    [Fact]
    public void Counts_EachWitnessOnce_AndNobodyElse()
    {
        var log = SampleLog.Create(c => c with { Witness = TwoOf(11, 12) });
        AssertMissing(log.Approve(11, 11, 14, 1), 1);
    }

    [Fact]
    public void Changes_WitnessesAfterTheEntryThatNamesThem()
    {
        var log = SampleLog.Create(c => c with { Witness = TwoOf(11, 12) }).Approve(11, 12)
            .Append(1, c => c with { Witness = TwoOf(21, 22) });
        AssertMissing(log.Approve(21, 22), 2);
        Assert.Null(log.Approve(11, 12).Verify().Fault);
        AssertMissing(log.Append(1).Approve(11, 12), 3);
        Assert.Null(log.Approve(21, 22).Verify().Fault);

        // The entry that dismisses them still needs them; the next does not.
        log.Append(1, c => c with { EndWitnessing = true });
        AssertMissing(log, 4);
        Assert.Null(log.Approve(21, 22).Verify().Fault);
        Assert.Null(log.Append(1).Verify().Fault);
    }

    [Fact]
    public void Begins_WithTheEntryThatFirstNamesWitnesses()
    {
        var log = SampleLog.Create().Append(1, c => c with { Witness = TwoOf(11, 12) });
        AssertMissing(log, 2);
        Assert.Null(log.Approve(11, 12).Verify().Fault);
    }

    [Fact]
    public void Ignores_ProofsOfEntriesThatAreNotPublished()
    {
        var log = SampleLog.Create(c => c with { Witness = TwoOf(11, 12) }).Append(1).Approve(11, 12);
        var first = Encoding.UTF8.GetBytes(log.Text.Split('\n')[0] + "\n");
        var history = WebVhVerifier.Verify(first, log.Witnesses, log.Time);
        Assert.Equal((1, WebVhCodes.WitnessMissing), (history.Fault!.VersionNumber, history.Fault.Code));
    }

    [Fact]
    public void Counts_NoProofThatDoesNotHold()
    {
        var log = SampleLog.Create(c => c with { Witness = TwoOf(11, 12) }).Approve(11, 12);
        var text = Encoding.UTF8.GetString(log.Witnesses);
        foreach (var (from, to) in new[]
        {
            ("assertionMethod", "authentication"), ("eddsa-jcs-2022", "eddsa-rdfc-2022"), ("\"proofValue\":\"z", "\"proofValue\":\"z2"),
            ("\"created\":\"2026", "\"created\":\"2025"), (log.Entries[0].VersionId, "1-Qm"),
            (SampleLog.Multikey(12), SampleLog.Multikey(13)), (SampleLog.Multikey(12), SampleLog.Multikey(11)),
        })
        {
            Assert.Contains(from, text);
            var history = WebVhVerifier.Verify(log.Bytes, Encoding.UTF8.GetBytes(text.Replace(from, to)), log.Time);
            Assert.Equal(WebVhCodes.WitnessMissing, history.Fault?.Code);
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[7]")]
    [InlineData("[{}]")]
    [InlineData("""[{"versionId":"1-Qm","proof":7}]""")]
    [InlineData("""[{"versionId":"1-Qm","proof":[7]}]""")]
    [InlineData("not json")]
    public void Names_AMalformedFile(string file)
    {
        var log = SampleLog.Create(c => c with { Witness = TwoOf(11, 12) });
        var history = WebVhVerifier.Verify(log.Bytes, Encoding.UTF8.GetBytes(file), log.Time);
        Assert.Equal(WebVhCodes.WitnessFile, history.Fault!.Code);
    }

    [Fact]
    public void Bounds_TheFile()
    {
        var log = SampleLog.Create(c => c with { Witness = TwoOf(11, 12) });
        var proofs = string.Join(',', Enumerable.Repeat("{}", WebVhLimits.MaxWitnessProofs + 1));
        var many = Encoding.UTF8.GetBytes($$"""[{"versionId":"1-Qm","proof":[{{proofs}}]}]""");
        Assert.Equal(WebVhCodes.TooLarge, WebVhVerifier.Verify(log.Bytes, many, log.Time).Fault!.Code);
        var large = new byte[WebVhLimits.MaxWitnessFileSizeBytes + 1];
        Assert.Equal(WebVhCodes.TooLarge, WebVhVerifier.Verify(log.Bytes, large, log.Time).Fault!.Code);
    }

    private static void AssertMissing(SampleLog log, int version)
    {
        var fault = log.Verify().Fault;
        Assert.Equal((version, WebVhCodes.WitnessMissing), (fault?.VersionNumber ?? 0, fault?.Code));
        Assert.Equal(DidError.InvalidHistory, log.Resolve().Error);
    }
}
