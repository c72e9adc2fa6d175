namespace Coop.Identity.Dids;

/// <summary>What a key may be used for (DID Core 1.0, section 5.3); named as the document's members.</summary>
public enum VerificationPurpose
{
    AssertionMethod,
    Authentication,
    KeyAgreement,
    CapabilityInvocation,
    CapabilityDelegation,
}
