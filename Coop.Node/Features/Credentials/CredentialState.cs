namespace Coop.Node.Features.Credentials;

/// <summary>What has become of a credential.</summary>
public enum CredentialState
{
    /// <summary>It stands.</summary>
    Valid,

    /// <summary>It does not count for now.</summary>
    Suspended,

    /// <summary>It never counts again.</summary>
    Revoked,

    /// <summary>Its time is over.</summary>
    Expired,
}
