using System.Security.Claims;

namespace Coop.Node.Http;

/// <summary>
/// The signed-in member of a request. Endpoint handlers take it as a parameter; it is bound from the
/// principal that cookie or bearer authentication made, and an endpoint that takes it requires one.
/// </summary>
/// <param name="Id">The member's id inside the co-op.</param>
/// <param name="Actor">The member's pseudonym in the log.</param>
/// <param name="Roles">The roles at sign-in or token issue.</param>
public sealed record CurrentMember(Guid Id, string Actor, IReadOnlySet<string> Roles)
{
    public const string ActorClaim = "coop_actor";

    /// <summary>Administrators and treasurers keep the books.</summary>
    public bool KeepsBooks => Is(Http.Roles.Admin) || Is(Http.Roles.Treasurer);

    /// <summary>Whoever keeps the books sees all of them, and so do auditors.</summary>
    public bool ReadsBooks => KeepsBooks || Is(Http.Roles.Auditor);

    /// <summary>Administrators and secretaries run the votes and the register of members.</summary>
    public bool RunsOffice => Is(Http.Roles.Admin) || Is(Http.Roles.Secretary);

    public bool Is(string role) => Roles.Contains(role);

    public static ValueTask<CurrentMember> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ValueTask.FromResult(From(context.User));
    }

    public static CurrentMember From(ClaimsPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        var subject = principal.FindFirstValue("sub");
        var actor = principal.FindFirstValue(ActorClaim);
        return Guid.TryParse(subject, out var id) && actor is not null
            ? new CurrentMember(id, actor, principal.FindAll("role").Select(c => c.Value).ToHashSet(StringComparer.Ordinal))
            : throw ProblemTypes.NotSignedIn.With("Sign in with your passkey, or send a bearer token.");
    }
}
