using Coop.Identity.Dids.WebVh;
using Coop.Identity.Net;

namespace Coop.Identity.Dids;

/// <summary>Fetches and checks what did:web and did:webvh publish.</summary>
internal sealed class DidFetcher(OutboundHttp http, TimeProvider time)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private static readonly OutboundLimits Document =
        new(DidWeb.MaxSizeBytes, Timeout) { Accept = "application/did+json, application/did, application/json;q=0.9" };

    private static readonly OutboundLimits Log = new(WebVhLimits.MaxLogSizeBytes, Timeout) { Accept = "text/jsonl, */*;q=0.1" };

    private static readonly OutboundLimits Witnesses =
        new(WebVhLimits.MaxWitnessFileSizeBytes, Timeout) { Accept = "application/json" };

    public async Task<DidSource> WebAsync(string did, CancellationToken ct)
    {
        var location = DidWeb.Location(did);
        var answer = await GetAsync(location.Address("did.json", IsPlain(location)), Document, ct);
        return new DidSource(
            DidWeb.Parse(answer.Body.Span, did), null, answer.Body.Length, DidCache.Bounded(answer.FreshFor));
    }

    public async Task<DidSource> WebVhAsync(string did, CancellationToken ct)
    {
        var parsed = WebVhDid.Parse(did);
        var isPlain = IsPlain(parsed.Location);
        var log = await GetAsync(parsed.LogAddress(isPlain), Log, ct);
        var now = time.GetUtcNow();
        var history = WebVhVerifier.VerifyUnwitnessed(log.Body.Span, now);
        var sizeBytes = log.Body.Length;
        if (history.NeedsWitnesses)
        {
            var witnesses = await WitnessesAsync(parsed.WitnessAddress(isPlain), ct);
            history = WebVhVerifier.Verify(log.Body.Span, witnesses.Span, now);
            sizeBytes += witnesses.Length;
        }

        return new DidSource(null, history, sizeBytes, FreshFor(history, log.FreshFor));
    }

    // A file that does not exist has no approvals, which the verifier says more clearly.
    private async Task<ReadOnlyMemory<byte>> WitnessesAsync(Uri address, CancellationToken ct)
    {
        try
        {
            return (await GetAsync(address, Witnesses, ct)).Body;
        }
        catch (DidException e) when (e.Error == DidError.NotFound)
        {
            return ReadOnlyMemory<byte>.Empty;
        }
    }

    private static TimeSpan FreshFor(WebVhHistory history, TimeSpan? headers)
    {
        var controllers = history.TimeToLive;
        return DidCache.Bounded(headers is { } source && source < controllers ? source : controllers);
    }

    private async Task<OutboundAnswer> GetAsync(Uri address, OutboundLimits limits, CancellationToken ct)
    {
        var answer = await http.GetAsync(address, limits, ct);
        return answer.IsSuccess
            ? answer
            : answer.Status is 404 or 410
                ? throw new DidException(DidError.NotFound, DidCodes.NotFound, $"{address} does not exist.")
                : throw new DidException(DidError.Unreachable, DidCodes.Unreachable, $"{address} answered {answer.Status}.");
    }

    // Nobody has a certificate for localhost; where http is allowed at all, it is meant for that.
    private bool IsPlain(WebLocation location) => http.Options.AllowHttp && location.IsLocal;
}
