using Coop.Identity.Dids.WebVh;
using Coop.Identity.Net;

namespace Coop.Identity.Dids;

/// <summary>
/// Resolves did:key, did:jwk and did:pkh by themselves, and did:web and did:webvh over the network, with a
/// bounded cache. Thread-safe; one for the life of the process.
/// </summary>
/// <remarks>What failed is not kept: whoever repairs a DID is not kept waiting.</remarks>
public sealed class DidResolver : IDidResolver
{
    private readonly DidFetcher _fetcher;
    private readonly DidCache _cache;

    /// <param name="http">Also says whether <c>localhost</c> may be fetched from, by http.</param>
    /// <param name="time">For the cache, and to refuse histories from the future.</param>
    public DidResolver(OutboundHttp http, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(time);
        _fetcher = new DidFetcher(http, time);
        _cache = new DidCache(time);
    }

    public async Task<DidResolution> ResolveAsync(DidUrl url, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(url);
        try
        {
            return SelfContainedDids.Resolve(url)
                ?? (url.Method is DidWeb.Method or WebVhDid.Method
                    ? (await SourceAsync(url, ct)).Resolve(url)
                    : DidResolution.Failed(
                        DidError.MethodNotSupported, DidCodes.MethodNotSupported, $"The method did:{Shown(url.Method)} is not known here."));
        }
        catch (DidException e)
        {
            return DidResolution.Failed(e);
        }
        catch (OutboundException e)
        {
            return Failed(e);
        }
    }

    private async Task<DidSource> SourceAsync(DidUrl url, CancellationToken ct)
    {
        if (_cache.Find(url.Did) is { } known)
        {
            return known;
        }

        var source = url.Method == DidWeb.Method
            ? await _fetcher.WebAsync(url.Did, ct)
            : await _fetcher.WebVhAsync(url.Did, ct);
        if (source.IsSound)
        {
            _cache.Keep(url.Did, source);
        }

        return source;
    }

    private static DidResolution Failed(OutboundException e) => e.Error switch
    {
        OutboundError.Refused => DidResolution.Failed(DidError.Refused, DidCodes.Refused, e.Message),
        OutboundError.TooLarge => DidResolution.Failed(DidError.TooLarge, DidCodes.TooLarge, e.Message),
        OutboundError.TooManyRedirects => DidResolution.Failed(DidError.Refused, DidCodes.Redirects, e.Message),
        OutboundError.TooSlow => DidResolution.Failed(DidError.Unreachable, DidCodes.TooSlow, e.Message),
        _ => DidResolution.Failed(DidError.Unreachable, DidCodes.Unreachable, e.Message),
    };

    private static string Shown(string method) => method.Length <= 16 ? method : method[..16] + "…";
}
