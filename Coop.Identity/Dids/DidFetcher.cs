using Coop.Identity.Dids.WebVh;
using Coop.Identity.Net;

namespace Coop.Identity.Dids;

/// <summary>Fetches and checks what did:web and did:webvh publish.</summary>
internal sealed class DidFetcher(OutboundHttp http, TimeProvider time)
{
    private static readonly OutboundLimits Document =
        new(DidWeb.MaxSizeBytes, DidFiles.Timeout) { Accept = "application/did+json, application/did, application/json;q=0.9" };

    private readonly WebVhFetcher _histories = new(http, time);

    public async Task<DidSource> WebAsync(string did, CancellationToken ct)
    {
        var location = DidWeb.Location(did);
        var answer = await DidFiles.GetAsync(http, location.Address("did.json", DidFiles.IsPlain(http, location)), Document, ct);
        return new DidSource(
            DidWeb.Parse(answer.Body.Span, did), null, answer.Body.Length, DidCache.Bounded(answer.FreshFor));
    }

    public async Task<DidSource> WebVhAsync(string did, CancellationToken ct)
    {
        var fetched = await _histories.FetchAsync(did, ct);
        var sizeBytes = fetched.Log.Length + fetched.Witnesses.Length;
        return new DidSource(null, fetched.History, sizeBytes, FreshFor(fetched.History, fetched.FreshFor));
    }

    private static TimeSpan FreshFor(WebVhHistory history, TimeSpan? headers)
    {
        var controllers = history.TimeToLive;
        return DidCache.Bounded(headers is { } source && source < controllers ? source : controllers);
    }
}
