using Coop.Identity.Dids;
using Coop.Identity.Dids.WebVh;

namespace Coop.Node.Cli;

/// <summary>
/// DIDs without any network: those that are their own keys, and a did:webvh whose history is at hand; then
/// another resolver, where there is one.
/// </summary>
internal sealed class DidsAtHand(WebVhHistory? history, IDidResolver? otherwise) : IDidResolver
{
    private const string WebVhMethod = "webvh";

    public async Task<DidResolution> ResolveAsync(DidUrl url, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(url);
        return SelfContainedDids.Resolve(url)
            ?? (url.Method == WebVhMethod && IsAtHand(url) ? history!.Resolve(url)
                : otherwise is not null ? await otherwise.ResolveAsync(url, ct)
                : DidResolution.Failed(DidError.Unreachable, DidCodes.Unreachable, $"{url.Did} is not at hand, and nothing is fetched."));
    }

    private bool IsAtHand(DidUrl url) =>
        history is not null && (history.Fault is not null || history.Entries.Any(e => e.Did == url.Did));
}
