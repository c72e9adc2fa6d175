namespace Coop.Identity.Keys;

/// <summary>The kinds of keys that the node verifies with.</summary>
public enum KeyType
{
    /// <summary>Ed25519, RFC 8032.</summary>
    Ed25519,

    /// <summary>NIST P-256, FIPS 186-5.</summary>
    P256,

    /// <summary>secp256k1, SEC 2.</summary>
    Secp256k1,
}
