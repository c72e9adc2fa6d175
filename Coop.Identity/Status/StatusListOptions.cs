namespace Coop.Identity.Status;

/// <summary>A status list as it is published.</summary>
/// <param name="Uri">Where it is published; also its identity.</param>
/// <param name="Issuer">The DID of who issues it and the credentials in it.</param>
/// <param name="IssuedAt">The time of the signature.</param>
/// <param name="ValidUntil">When a verifier must have fetched it again.</param>
public sealed record StatusListOptions(string Uri, string Issuer, DateTimeOffset IssuedAt, DateTimeOffset ValidUntil)
{
    /// <summary>How long a verifier may keep it; null to say nothing.</summary>
    public TimeSpan? TimeToLive { get; init; }
}
