using Coop.Identity.Net;

namespace Coop.Identity.Dids.WebVh;

/// <summary>Fetches and checks the history of a did:webvh, each time anew. Thread-safe.</summary>
public sealed class WebVhFetcher(OutboundHttp http, TimeProvider time)
{
    private static readonly OutboundLimits LogLimits =
        new(WebVhLimits.MaxLogSizeBytes, DidFiles.Timeout) { Accept = "text/jsonl, */*;q=0.1" };

    private static readonly OutboundLimits WitnessLimits =
        new(WebVhLimits.MaxWitnessFileSizeBytes, DidFiles.Timeout) { Accept = "application/json" };

    /// <param name="did">A did:webvh, without path, query and fragment.</param>
    /// <param name="ct">Ends the waiting.</param>
    /// <exception cref="DidException">It is no did:webvh, or its files do not exist.</exception>
    /// <exception cref="OutboundException">There is no answer within the limits.</exception>
    public async Task<FetchedHistory> FetchAsync(string did, CancellationToken ct)
    {
        var parsed = WebVhDid.Parse(did);
        var isPlain = DidFiles.IsPlain(http, parsed.Location);
        var log = await DidFiles.GetAsync(http, parsed.LogAddress(isPlain), LogLimits, ct);
        var now = time.GetUtcNow();
        var history = WebVhVerifier.VerifyUnwitnessed(log.Body.Span, now);
        if (!history.NeedsWitnesses)
        {
            return new FetchedHistory(log.Body, ReadOnlyMemory<byte>.Empty, history, log.FreshFor);
        }

        var witnesses = await WitnessesAsync(parsed.WitnessAddress(isPlain), ct);
        return new FetchedHistory(
            log.Body, witnesses, WebVhVerifier.Verify(log.Body.Span, witnesses.Span, now), log.FreshFor);
    }

    // A file that does not exist has no approvals, which the verifier says more clearly.
    private async Task<ReadOnlyMemory<byte>> WitnessesAsync(Uri address, CancellationToken ct)
    {
        try
        {
            return (await DidFiles.GetAsync(http, address, WitnessLimits, ct)).Body;
        }
        catch (DidException e) when (e.Error == DidError.NotFound)
        {
            return ReadOnlyMemory<byte>.Empty;
        }
    }
}
