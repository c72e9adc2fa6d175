using Coop.Identity.Dids.WebVh;

namespace Coop.Identity.Dids;

/// <summary>What was fetched for a DID, checked: a document, or a history that answers for each version.</summary>
/// <param name="Document">Of did:web.</param>
/// <param name="History">Of did:webvh.</param>
/// <param name="SizeBytes">How much was fetched, for the cache.</param>
/// <param name="FreshFor">How long it may be kept.</param>
internal sealed record DidSource(DidDocument? Document, WebVhHistory? History, int SizeBytes, TimeSpan FreshFor)
{
    public bool IsSound => History is not { Fault: not null };

    public DidResolution Resolve(DidUrl url) => History?.Resolve(url) ?? Current(url);

    // To answer today's document for a version of the past would be worse than none.
    private DidResolution Current(DidUrl url) => WebVhQuery.Parse(url) is null
        ? DidResolution.Of(Document!, new DidMetadata { TimeToLive = FreshFor })
        : DidResolution.Failed(DidError.NotFound, DidCodes.NotFound, "did:web keeps no versions.");
}
