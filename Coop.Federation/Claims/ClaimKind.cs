using Coop.Identity.Credentials;

namespace Coop.Federation.Claims;

/// <summary>What a co-op can claim towards another one. Specified in specs/claims.md.</summary>
public enum ClaimKind
{
    /// <summary>Somebody is a member.</summary>
    Membership,

    /// <summary>A member's standing.</summary>
    Standing,

    /// <summary>A member's skill, endorsed by the co-op.</summary>
    Skill,

    /// <summary>How the co-op itself trades.</summary>
    TradeReference,

    /// <summary>What the co-op itself is certified for.</summary>
    Certification,
}

/// <summary>The kinds by their names in messages and rows, and their credential types.</summary>
public static class ClaimKinds
{
    private static readonly (ClaimKind Kind, string Name, CredentialType Type)[] Table =
    [
        (ClaimKind.Membership, "membership", CredentialType.Membership),
        (ClaimKind.Standing, "standing", CredentialType.Standing),
        (ClaimKind.Skill, "skill", CredentialType.Skill),
        (ClaimKind.TradeReference, "trade-reference", CredentialType.TradeReference),
        (ClaimKind.Certification, "certification", CredentialType.Certification),
    ];

    public static string NameOf(ClaimKind kind) => Table.First(t => t.Kind == kind).Name;

    public static CredentialType TypeOf(ClaimKind kind) => Table.First(t => t.Kind == kind).Type;

    /// <summary>The kind of a name; null where there is none.</summary>
    public static ClaimKind? OfName(string name) =>
        Table.Where(t => t.Name == name).Select(t => (ClaimKind?)t.Kind).FirstOrDefault();

    /// <summary>Whether it is about a member, whose consent it then needs.</summary>
    public static bool IsAboutMember(ClaimKind kind) => kind is not (ClaimKind.TradeReference or ClaimKind.Certification);
}
