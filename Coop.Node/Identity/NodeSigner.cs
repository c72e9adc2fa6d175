using Coop.Identity.Keys;

namespace Coop.Node.Identity;

/// <summary>A key of the node with the name by which others find it.</summary>
/// <param name="Key">Signs; thread-safe, and good for as long as the node runs.</param>
/// <param name="KeyId">The absolute DID URL of its verification method.</param>
public sealed record NodeSigner(ISigningKey Key, string KeyId);
