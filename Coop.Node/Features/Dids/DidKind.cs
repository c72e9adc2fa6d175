namespace Coop.Node.Features.Dids;

/// <summary>Where the key of a member's DID is kept, as far as the member's client said.</summary>
public enum DidKind
{
    /// <summary>Derived from the member's passkey: it is wherever the passkey is.</summary>
    Passkey,

    /// <summary>Kept by one browser of the member's.</summary>
    Device,

    /// <summary>In a wallet of the member's own.</summary>
    Wallet,

    /// <summary>An account of an Ethereum-style wallet (did:pkh).</summary>
    Ethereum,
}
