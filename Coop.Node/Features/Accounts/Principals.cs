using System.Security.Claims;
using Coop.Node.Http;

namespace Coop.Node.Features.Accounts;

/// <summary>A member as the claims that every endpoint reads: the same for cookie and token.</summary>
internal static class Principals
{
    public const string SubjectClaim = "sub";
    public const string RoleClaim = "role";

    public static ClaimsPrincipal Of(Member member, string scheme) =>
        new(new ClaimsIdentity(Claims(member), scheme, SubjectClaim, RoleClaim));

    public static Guid? SubjectOf(ClaimsPrincipal? principal) =>
        Guid.TryParseExact(principal?.FindFirstValue(SubjectClaim), "D", out var id) ? id : null;

    private static IEnumerable<Claim> Claims(Member member) =>
    [
        new(SubjectClaim, member.Id.ToString("D")),
        new(CurrentMember.ActorClaim, member.Actor),
        .. member.Roles.Select(role => new Claim(RoleClaim, role)),
    ];
}
