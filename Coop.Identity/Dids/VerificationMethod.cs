using Coop.Identity.Keys;

namespace Coop.Identity.Dids;

/// <summary>A key of a DID document.</summary>
/// <param name="Id">The absolute DID URL, with its fragment.</param>
/// <param name="Controller">The DID that holds the key.</param>
/// <param name="Key">The checked key.</param>
public sealed record VerificationMethod(string Id, string Controller, VerificationKey Key);
