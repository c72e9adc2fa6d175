using Coop.Node.Http;

namespace Coop.Node.Governance;

/// <summary>Who acts, as far as the rules care.</summary>
/// <param name="MemberId">The member's id.</param>
/// <param name="RunsVotes">Whether the member is an administrator or a secretary.</param>
public readonly record struct Participant(Guid MemberId, bool RunsVotes)
{
    public static Participant From(CurrentMember member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return new Participant(member.Id, member.RunsOffice);
    }
}
