using Coop.Identity.Credentials;
using Coop.Node.Http;

namespace Coop.Node.Features.Credentials;

/// <summary>What a credential of this co-op can attest.</summary>
public enum CredentialKind
{
    /// <summary>The subject is a member.</summary>
    Membership,

    /// <summary>The subject holds a role.</summary>
    Role,

    /// <summary>Member since when, and in good standing.</summary>
    Standing,

    /// <summary>The shares that the subject's accounts hold.</summary>
    ShareHolding,

    /// <summary>A skill that an administrator or a secretary vouches for.</summary>
    Skill,
}

/// <summary>The kinds' names, and what they are called in credentials.</summary>
internal static class CredentialKinds
{
    private static readonly IReadOnlyList<string> Names = [.. StrictEnumConverter.NamesOf(typeof(CredentialKind))];

    public static string NameOf(CredentialKind kind) => Names[(int)kind];

    /// <exception cref="ArgumentOutOfRangeException">The database holds a kind that this version does not know.</exception>
    public static CredentialKind OfName(string name) =>
        Enumerable.Range(0, Names.Count).Where(i => Names[i] == name).ToArray() is [var i]
            ? (CredentialKind)i
            : throw new ArgumentOutOfRangeException(nameof(name));

    public static CredentialType TypeOf(CredentialKind kind) => kind switch
    {
        CredentialKind.Membership => CredentialType.Membership,
        CredentialKind.Role => CredentialType.Role,
        CredentialKind.Standing => CredentialType.Standing,
        CredentialKind.ShareHolding => CredentialType.ShareHolding,
        CredentialKind.Skill => CredentialType.Skill,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>How long what it says may be believed without asking again.</summary>
    public static TimeSpan LifetimeOf(CredentialKind kind) => kind switch
    {
        CredentialKind.Standing or CredentialKind.ShareHolding => TimeSpan.FromDays(90),
        _ => TimeSpan.FromDays(365),
    };
}
