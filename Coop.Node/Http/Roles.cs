namespace Coop.Node.Http;

/// <summary>The roles of a member, and the authorization policies named after them.</summary>
public static class Roles
{
    public const string Admin = "admin";
    public const string Member = "member";

    public static readonly IReadOnlyList<string> All = [Admin, Member];

    /// <summary>Requires one of the roles; every endpoint calls this or AllowAnonymous.</summary>
    public static TBuilder RequireRole<TBuilder>(this TBuilder builder, params string[] roles)
        where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(policy => policy.RequireRole(roles));
}
