namespace Coop.Identity.Dids.WebVh;

/// <summary>A did:webvh, taken apart: <c>did:webvh:SCID:domain[%3Aport][:path…]</c>.</summary>
internal sealed record WebVhDid(string Did, string Scid, WebLocation Location)
{
    public const string Method = "webvh";

    private const string Prefix = "did:webvh:";

    public Uri LogAddress(bool isPlain) => Location.Address("did.jsonl", isPlain);

    public Uri WitnessAddress(bool isPlain) => Location.Address("did-witness.json", isPlain);

    /// <param name="did">Without path, query and fragment.</param>
    /// <exception cref="DidException">It is not a did:webvh.</exception>
    public static WebVhDid Parse(string did)
    {
        if (DidUrl.TryParse(did, out var url) && url.Did == did && url.Method == Method)
        {
            var parts = url.Identifier.Split(':', 2);
            if (parts.Length == 2 && WebVhHash.IsSha256(parts[0]))
            {
                return new WebVhDid(did, parts[0], WebLocation.Parse(parts[1]));
            }
        }

        throw new DidException(
            DidError.InvalidDid, DidCodes.InvalidIdentifier, "This is not a did:webvh with SCID and domain.");
    }

    /// <summary>The did:web of the same place.</summary>
    public string ToDidWeb() => string.Concat("did:web:", Did.AsSpan(Prefix.Length + Scid.Length + 1));
}
