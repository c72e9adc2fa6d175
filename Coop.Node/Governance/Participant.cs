using Coop.Node.Http;

namespace Coop.Node.Governance;

/// <summary>Who acts, as far as the rules care.</summary>
/// <param name="MemberId">The member's id.</param>
/// <param name="IsAdmin">Whether the member holds the role admin.</param>
public readonly record struct Participant(Guid MemberId, bool IsAdmin)
{
    public static Participant From(CurrentMember member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return new Participant(member.Id, member.Is(Roles.Admin));
    }
}
