namespace Coop.Node.Http;

/// <summary>The roles of a member, and the authorization policies named after them.</summary>
public static class Roles
{
    public const string Admin = "admin";
    public const string Member = "member";

    /// <summary>Runs the votes and the register of members: invitations, news, credentials.</summary>
    public const string Secretary = "secretary";

    /// <summary>Keeps the books: posts anything, opens accounts, closes periods.</summary>
    public const string Treasurer = "treasurer";

    /// <summary>Reads what anybody may read, and changes nothing. Need not be a member.</summary>
    public const string Auditor = "auditor";

    /// <summary>A member of another co-op that this one trusts; never given to a member.</summary>
    public const string Guest = "guest";

    public static readonly IReadOnlyList<string> All = [Admin, Auditor, Member, Secretary, Treasurer];

    /// <summary>Requires one of the roles; every endpoint calls this or AllowAnonymous.</summary>
    public static TBuilder RequireRole<TBuilder>(this TBuilder builder, params string[] roles)
        where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(policy => policy.RequireRole(roles));

    /// <summary>As <see cref="RequireRole"/>, for what only reads: auditors may, too.</summary>
    public static TBuilder RequireReader<TBuilder>(this TBuilder builder, params string[] roles)
        where TBuilder : IEndpointConventionBuilder => builder.RequireRole([.. roles, Auditor]);

    /// <summary>Roles as one text, in alphabetical order.</summary>
    public static string Join(IEnumerable<string> roles) =>
        string.Join(' ', roles.Order(StringComparer.Ordinal));

    /// <summary>What <see cref="Join"/> made.</summary>
    public static IReadOnlyList<string> Split(string roles)
    {
        ArgumentNullException.ThrowIfNull(roles);
        return roles.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>
    /// A set of roles as a caller sent it: known ones, none twice, and member among them; or auditor alone, for
    /// somebody from outside.
    /// </summary>
    public static IReadOnlyList<string> Parse(IReadOnlyList<string> roles, string field)
    {
        ArgumentNullException.ThrowIfNull(roles);
        foreach (var role in roles)
        {
            Fields.OneOf(role, field, All);
        }

        return roles.Distinct(StringComparer.Ordinal).Count() != roles.Count
            ? throw Fields.Invalid(field, "names a role twice.")
            : roles.Contains(Member, StringComparer.Ordinal) || roles is [Auditor]
                ? [.. roles.Order(StringComparer.Ordinal)]
                : throw Fields.Invalid(field, "must contain member, or be auditor alone.");
    }
}
