using Coop.Identity.Dids;
using Coop.Identity.Dids.Dns;

namespace Coop.Identity.Tests.Dids.Dns;

public class DnsDidRuleTests
{
    private const string Did = "did:web:coop.example";

    [Theory]
    [InlineData("", "", true, DnsAssurance.Absent)]
    [InlineData(Did, "", true, DnsAssurance.Confirmed)]
    [InlineData(Did, "", false, DnsAssurance.Named)]
    [InlineData("did:web:other.example," + Did, "", true, DnsAssurance.Confirmed)]
    [InlineData("did:web:other.example", "", true, DnsAssurance.Contradicted)]
    [InlineData("did:web:other.example", Did, true, DnsAssurance.Contradicted)]
    [InlineData("did:web:Coop.example", "", true, DnsAssurance.Contradicted)]
    [InlineData("", Did, true, DnsAssurance.Confirmed)]
    [InlineData("", "did=" + Did, false, DnsAssurance.Named)]
    [InlineData("", "v=spf1 -all", true, DnsAssurance.Absent)]
    [InlineData("", "v=spf1 -all,did=did:web:other.example", true, DnsAssurance.Contradicted)]
    public void Compares(string uris, string texts, bool isAuthentic, DnsAssurance expected) => Assert.Equal(
        expected, DnsDidRule.Compare(Did, new DnsDidRecords(List(uris), List(texts), isAuthentic)));

    [Theory]
    [InlineData("did:web:coop.example", "_did.coop.example")]
    [InlineData("did:web:coop.example%3A8443:a:b", "_did.coop.example")]
    [InlineData("did:webvh:QmfGEUAcMpzo25kF2Rhn8L5FAXysfGnkzjwdKoNPi615XQ:node.coop.example", "_did.node.coop.example")]
    public void Names_WhereToAsk(string did, string name) => Assert.Equal(name, DnsDidRule.NameFor(did));

    [Fact]
    public void Asks_NothingForADidWithoutDomain() =>
        Assert.Throws<DidException>(() => DnsDidRule.NameFor("did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"));

    private static string[] List(string texts) => texts.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
