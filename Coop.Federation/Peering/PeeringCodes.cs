namespace Coop.Federation.Peering;

/// <summary>Why terms or steps are refused; specs/peering.md says the same.</summary>
public static class PeeringCodes
{
    /// <summary>A member is missing, unknown, of a wrong kind or out of bounds.</summary>
    public const string Malformed = "terms-malformed";

    /// <summary>A scope that is not known, stands twice or out of order.</summary>
    public const string Scope = "terms-scope";

    /// <summary>The parties are not two, or not those who grant.</summary>
    public const string Parties = "terms-parties";

    /// <summary>A proof is missing, does not hold or is another's.</summary>
    public const string Proof = "terms-proof";

    /// <summary>The version does not follow the one in force.</summary>
    public const string Version = "terms-version";

    /// <summary>The step does not follow from where the peering stands.</summary>
    public const string State = "step-state";

    /// <summary>The step names other terms than those that are on the table.</summary>
    public const string Terms = "step-terms";
}
