using Coop.Identity.Dids.Dns;

namespace Coop.Identity.Tests.Dids.Dns;

public sealed class DnsDidClientTests : IDisposable
{
    private const string Did = "did:web:coop.example";

    private readonly FakeDns _dns = new();

    [Theory]
    [InlineData(true, DnsAssurance.Confirmed)]
    [InlineData(false, DnsAssurance.Named)]
    public async Task Reads_TheUriRecord_AndTheResolversWordOnDnssec(bool saysAuthentic, DnsAssurance expected)
    {
        _dns.UriTarget = Did;
        _dns.Text = "did=did:web:other.example";
        _dns.SaysAuthentic = saysAuthentic;
        var records = await AskAsync();
        Assert.Equal([Did], records.Uris);
        Assert.Empty(records.Texts);
        Assert.Equal(expected, DnsDidRule.Compare(Did, records));
    }

    [Fact]
    public async Task Reads_TheTextRecord_WhereThereIsNoUri()
    {
        _dns.Text = "did=" + Did;
        _dns.SaysAuthentic = true;
        Assert.Equal(DnsAssurance.Confirmed, DnsDidRule.Compare(Did, await AskAsync()));
    }

    [Fact]
    public async Task Tells_SilenceFromFailure()
    {
        Assert.Equal(DnsAssurance.Absent, DnsDidRule.Compare(Did, await AskAsync()));
        _dns.ResponseCode = 3;
        Assert.Equal(DnsAssurance.Absent, DnsDidRule.Compare(Did, await AskAsync()));
        _dns.ResponseCode = 2;
        await Assert.ThrowsAsync<IOException>(AskAsync);
    }

    public void Dispose() => _dns.Dispose();

    private Task<DnsDidRecords> AskAsync() =>
        new DnsDidClient(_dns.Address).AskAsync("_did.coop.example", TestContext.Current.CancellationToken);
}
