namespace Coop.Identity.Dids;

/// <summary>The methods whose documents follow from the DID alone: did:key, did:jwk and did:pkh.</summary>
public static class SelfContainedDids
{
    /// <summary>Null for another method.</summary>
    public static DidResolution? Resolve(DidUrl url)
    {
        ArgumentNullException.ThrowIfNull(url);
        try
        {
            return url.Method switch
            {
                DidKey.Method => DidResolution.Of(DidKey.Resolve(url.Did)),
                DidJwk.Method => DidResolution.Of(DidJwk.Resolve(url.Did)),
                DidPkh.Method => DidResolution.Of(DidPkh.Resolve(url.Did)),
                _ => null,
            };
        }
        catch (DidException e)
        {
            return DidResolution.Failed(e);
        }
    }
}
