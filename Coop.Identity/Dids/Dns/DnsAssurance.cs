namespace Coop.Identity.Dids.Dns;

/// <summary>What DNS adds to a DID that names a domain.</summary>
public enum DnsAssurance
{
    /// <summary>The domain names this DID, and DNSSEC vouches for it.</summary>
    Confirmed,

    /// <summary>The domain names this DID; nobody vouches for the answer.</summary>
    Named,

    /// <summary>The domain says nothing of DIDs.</summary>
    Absent,

    /// <summary>The domain names other DIDs and not this one.</summary>
    Contradicted,
}
