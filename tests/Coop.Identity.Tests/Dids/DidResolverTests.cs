using System.Text;
using Coop.Identity.Dids;
using Coop.Identity.Dids.WebVh;
using Coop.Identity.Net;
using Coop.Identity.Tests.Dids.WebVh;
using Coop.Identity.Tests.Net;
using Microsoft.Extensions.Time.Testing;

namespace Coop.Identity.Tests.Dids;

public sealed class DidResolverTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(SampleLog.Start.AddHours(1));
    private readonly OutboundHttp _http = new(new OutboundOptions { AllowHttp = true, AllowPrivateAddresses = true });
    private readonly DidResolver _resolver;

    public DidResolverTests() => _resolver = new DidResolver(_http, _time);

    [Fact]
    public async Task Resolves_DidWeb_AndKeepsItAsItsHeadersSay()
    {
        var headers = "Cache-Control: max-age=60\r\n";
        string? body = null;
        using var server = new RawServer(path => path == "/.well-known/did.json" ? RawServer.Ok(body!, headers) : RawServer.Status(404));
        var did = $"did:web:localhost%3A{server.Port}";
        body = SampleLog.Document(did).ToJsonString();
        Assert.True((await ResolveAsync(did)).IsResolved);
        Assert.True((await ResolveAsync(did + "#key-1")).IsResolved);
        Assert.Equal(DidError.NotFound, (await ResolveAsync(did + "?versionTime=2026-01-01T00:00:00Z")).Error);
        Assert.Equal(1, server.Requests);
        _time.Advance(TimeSpan.FromSeconds(61));
        headers = "Cache-Control: no-store\r\n";
        Assert.True((await ResolveAsync(did)).IsResolved);
        Assert.True((await ResolveAsync(did)).IsResolved);
        Assert.Equal(3, server.Requests);
        headers = "Cache-Control: max-age=31536000\r\n";
        await ResolveAsync(did);
        _time.Advance(DidCache.MaxAge + TimeSpan.FromSeconds(1));
        await ResolveAsync(did);
        Assert.Equal(5, server.Requests);
        Assert.Equal(DidError.NotFound, (await ResolveAsync(did + ":path")).Error);
    }

    [Fact]
    public async Task Keeps_NoFailure()
    {
        var answer = RawServer.Ok("""{"id":"did:web:other.example"}""");
        using var server = new RawServer(_ => answer);
        var did = $"did:web:localhost%3A{server.Port}";
        Assert.Equal(DidCodes.DocumentId, (await ResolveAsync(did)).Code);
        answer = RawServer.Status(500);
        Assert.Equal(DidError.Unreachable, (await ResolveAsync(did)).Error);
        answer = RawServer.Status(302, "Location: /\r\n");
        Assert.Equal(DidCodes.Redirects, (await ResolveAsync(did)).Code);
        answer = RawServer.Ok(new string(' ', DidWeb.MaxSizeBytes + 1));
        Assert.Equal(DidError.TooLarge, (await ResolveAsync(did)).Error);
        answer = RawServer.Ok(SampleLog.Document(did).ToJsonString());
        Assert.True((await ResolveAsync(did)).IsResolved);
    }

    [Fact]
    public async Task Resolves_DidWebVh_WithItsWitnesses()
    {
        SampleLog? log = null;
        using var server = new RawServer(path => path switch
        {
            "/node/did.jsonl" => RawServer.Ok(log!.Bytes),
            "/node/did-witness.json" when log!.Verify().Fault is null => RawServer.Ok(log.Witnesses),
            _ => RawServer.Status(404),
        });
        var place = $"localhost%3A{server.Port}:node";
        log = SampleLog.Create(place: place);
        Assert.True((await ResolveAsync(log.Did)).IsResolved);
        Assert.True((await ResolveAsync(log.Did + "?versionNumber=1")).IsResolved);
        Assert.Equal(1, server.Requests);

        log = SampleLog.Create(
            c => c with { Witness = new WebVhWitnessRule(1, [DidKey.Create(SampleLog.Key(11).Public)]) }, place);
        Assert.Equal(WebVhCodes.WitnessMissing, (await ResolveAsync(log.Did)).Code);
        log.Approve(11);
        Assert.True((await ResolveAsync(log.Did)).IsResolved);
        var other = log.Did.Replace("%3A", "%3a");
        Assert.Equal(WebVhCodes.OtherDid, (await ResolveAsync(other)).Code);
    }

    [Fact]
    public async Task Resolves_MethodsWithoutNetwork_AndNamesTheUnknown()
    {
        Assert.True((await ResolveAsync("did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp")).IsResolved);
        Assert.True((await ResolveAsync("did:pkh:eip155:1:0x2c7536E3605D9C16a7a3D7b1898e529396a65c23")).IsResolved);
        Assert.Equal(DidError.InvalidDid, (await ResolveAsync("did:key:z6Mk")).Error);
        Assert.Equal(DidError.MethodNotSupported, (await ResolveAsync("did:example:1")).Error);
    }

    [Fact]
    public async Task Reaches_NoPrivateAddress_UnlessAllowed()
    {
        using var http = new OutboundHttp(new OutboundOptions());
        var resolver = new DidResolver(http, _time);
        var resolution = await resolver.ResolveAsync(DidUrl.Parse("did:web:localhost"), TestContext.Current.CancellationToken);
        Assert.Equal((DidError.Refused, DidCodes.Refused), (resolution.Error, resolution.Code));
    }

    public void Dispose() => _http.Dispose();

    private Task<DidResolution> ResolveAsync(string did) =>
        _resolver.ResolveAsync(DidUrl.Parse(did), TestContext.Current.CancellationToken);
}
