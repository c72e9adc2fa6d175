namespace Coop.Node.Features.Accounts;

/// <summary>What a ceremony is for; a state sealed for one is worthless for the other.</summary>
public enum CeremonyKind
{
    Registration,
    Assertion,
    DidLink,
    Presentation,

    /// <summary>No ceremony of a passkey: the nonce of a wallet's proof of possession.</summary>
    CredentialNonce,
}
