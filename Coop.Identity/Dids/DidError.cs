namespace Coop.Identity.Dids;

/// <summary>How a resolution ended (DID Resolution 1.0, section 11, and what a bounded client adds).</summary>
public enum DidError
{
    /// <summary>It resolved.</summary>
    None,

    /// <summary>The text is no DID, or not one that its method allows.</summary>
    InvalidDid,

    /// <summary>The method is not known here.</summary>
    MethodNotSupported,

    /// <summary>There is no such DID, or no such version of it.</summary>
    NotFound,

    /// <summary>What was found is no DID document, or another DID's.</summary>
    InvalidDidDocument,

    /// <summary>The history does not prove what it says: <see cref="DidResolution.Code"/> tells how.</summary>
    InvalidHistory,

    /// <summary>The DID exists no longer.</summary>
    Deactivated,

    /// <summary>It could not be fetched.</summary>
    Unreachable,

    /// <summary>It was not fetched, because of where it lies.</summary>
    Refused,

    /// <summary>It is larger, or takes longer, than is allowed.</summary>
    TooLarge,
}
