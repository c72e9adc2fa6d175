namespace Coop.Identity.Dids;

/// <summary>What is known of a document beside its content (DID Resolution 1.0, section 4.3).</summary>
public sealed record DidMetadata
{
    public static DidMetadata Empty { get; } = new();

    /// <summary>E.g. <c>3-Qm…</c>; null where the method has no versions.</summary>
    public string? VersionId { get; init; }

    public DateTimeOffset? VersionTime { get; init; }

    public DateTimeOffset? Created { get; init; }

    public DateTimeOffset? Updated { get; init; }

    public bool IsDeactivated { get; init; }

    /// <summary>did:webvh: the self-certifying identifier.</summary>
    public string? Scid { get; init; }

    /// <summary>did:webvh: whether the DID may move to another domain.</summary>
    public bool IsPortable { get; init; }

    /// <summary>did:webvh: how many of the witnesses must agree; 0 without witnesses.</summary>
    public int WitnessThreshold { get; init; }

    /// <summary>How long the answer may be kept, by its source's word; null where it says nothing.</summary>
    public TimeSpan? TimeToLive { get; init; }
}
