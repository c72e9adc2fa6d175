namespace Coop.Identity.Credentials;

/// <summary>The form of a published status list.</summary>
public enum StatusListKind
{
    /// <summary>W3C Bitstring Status List 1.0.</summary>
    Bitstring,

    /// <summary>IETF Token Status List.</summary>
    Token,

    /// <summary>Something else.</summary>
    Unsupported,
}

/// <summary>What a status list tells.</summary>
public enum StatusPurpose
{
    /// <summary>Whether the credential is revoked, for good.</summary>
    Revocation,

    /// <summary>Whether it is suspended, for now.</summary>
    Suspension,

    /// <summary>Both: a Token Status List.</summary>
    Any,
}

/// <summary>Where a credential's status stands.</summary>
/// <param name="Kind">The form of the list.</param>
/// <param name="Purpose">What the list tells.</param>
/// <param name="Uri">Where the list is.</param>
/// <param name="Index">The entry, from 0.</param>
public sealed record StatusReference(StatusListKind Kind, StatusPurpose Purpose, string Uri, int Index)
{
    /// <summary>One index in the same list, published in its three forms.</summary>
    /// <param name="index">The entry, from 0.</param>
    /// <param name="revocationUri">The Bitstring Status List credential of revocation.</param>
    /// <param name="suspensionUri">The Bitstring Status List credential of suspension.</param>
    /// <param name="tokenUri">The Token Status List.</param>
    public static IReadOnlyList<StatusReference> InAllForms(
        int index, string revocationUri, string suspensionUri, string tokenUri) =>
    [
        new(StatusListKind.Bitstring, StatusPurpose.Revocation, revocationUri, index),
        new(StatusListKind.Bitstring, StatusPurpose.Suspension, suspensionUri, index),
        new(StatusListKind.Token, StatusPurpose.Any, tokenUri, index),
    ];
}
