using Coop.Identity.Keys;

namespace Coop.Identity.Presentations;

/// <summary>Whoever wants a credential proved this key.</summary>
/// <param name="Did">The DID that was named; a did:jwk where a key alone was given.</param>
/// <param name="Key">The key.</param>
/// <param name="Nonce">The nonce that was signed; the caller must know it, and accept it once.</param>
public sealed record HolderProof(string Did, VerificationKey Key, string? Nonce);
