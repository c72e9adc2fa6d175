namespace Coop.Identity.Credentials.DataIntegrity;

/// <summary>What the check of one Data Integrity proof found.</summary>
public enum ProofCheck
{
    /// <summary>The key made this proof over this document.</summary>
    Valid,

    /// <summary>Another type, suite or kind of key, or a chain of proofs: it says nothing either way.</summary>
    Unsupported,

    /// <summary>A member is missing or of a wrong kind.</summary>
    Malformed,

    /// <summary>The document's contexts do not begin with those of the proof.</summary>
    ContextMismatch,

    /// <summary>The signature is not by this key over this document and these options.</summary>
    BadSignature,
}
