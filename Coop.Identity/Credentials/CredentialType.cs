namespace Coop.Identity.Credentials;

/// <summary>A type of credential: its name in VCDM, in SD-JWT VC, and its JSON Schema.</summary>
/// <param name="Name">In <c>type</c>, beside <c>VerifiableCredential</c>.</param>
/// <param name="Vct">In SD-JWT VC.</param>
/// <param name="SchemaId">The schema of the subject's claims; null for a type that is not known here.</param>
public sealed record CredentialType(string Name, string Vct, string? SchemaId)
{
    /// <summary>The subject is a member.</summary>
    public static readonly CredentialType Membership = Own("MembershipCredential", "membership");

    /// <summary>The subject holds a role.</summary>
    public static readonly CredentialType Role = Own("RoleCredential", "role");

    /// <summary>Member since, and whether in good standing.</summary>
    public static readonly CredentialType Standing = Own("StandingCredential", "standing");

    /// <summary>The subject holds shares.</summary>
    public static readonly CredentialType ShareHolding = Own("ShareHoldingCredential", "share-holding");

    /// <summary>A skill of the subject is endorsed.</summary>
    public static readonly CredentialType Skill = Own("SkillCredential", "skill");

    /// <summary>The subject, a co-op, says how it trades.</summary>
    public static readonly CredentialType TradeReference = Own("TradeReferenceCredential", "trade-reference");

    /// <summary>The subject, a co-op, is certified by somebody else.</summary>
    public static readonly CredentialType Certification = Own("CertificationCredential", "certification");

    /// <summary>All that this co-op issues: about members, then about itself.</summary>
    public static IReadOnlyList<CredentialType> All { get; } =
        [Membership, Role, Standing, ShareHolding, Skill, TradeReference, Certification];

    /// <summary>Whether the type is one of <see cref="All"/>.</summary>
    public bool IsKnown => SchemaId is not null;

    /// <summary>By its name in VCDM.</summary>
    public static CredentialType OfName(string name) =>
        All.FirstOrDefault(t => t.Name == name) ?? new CredentialType(name, name, null);

    /// <summary>By its name in SD-JWT VC.</summary>
    public static CredentialType OfVct(string vct) =>
        All.FirstOrDefault(t => t.Vct == vct) ?? new CredentialType(vct, vct, null);

    private static CredentialType Own(string name, string slug) =>
        new(name, $"urn:coop:credential:{slug}:1", $"urn:coop:schema:{slug}:1");
}
