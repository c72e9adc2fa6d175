namespace Coop.Federation.Claims;

/// <summary>The stable codes of refused statements; specs/claims.md lists them.</summary>
public static class StatementCodes
{
    /// <summary>Not the JSON that it should be, or too large.</summary>
    public const string Malformed = "malformed";

    /// <summary>Signed by nobody, by somebody else, or wrongly.</summary>
    public const string Proof = "proof";

    /// <summary>From another node than the one that sent it, or for another one.</summary>
    public const string Parties = "parties";

    /// <summary>About a member, and names no consent.</summary>
    public const string Consent = "consent";

    /// <summary>The terms are over, or ask for more than a receiver gives.</summary>
    public const string Terms = "terms";

    /// <summary>The credential is of another issuer, type or id than the statement says.</summary>
    public const string Credential = "credential";

    /// <summary>Another statement under this id was received before.</summary>
    public const string Changed = "changed";
}
