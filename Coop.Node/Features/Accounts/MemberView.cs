namespace Coop.Node.Features.Accounts;

/// <summary>A member as their own session sees them.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Name">How the member wants to be called.</param>
/// <param name="Roles">In alphabetical order.</param>
/// <param name="Actor">The member's pseudonym in the log, <c>member:</c> and 22 characters.</param>
public sealed record MemberView(Guid Id, string Name, IReadOnlyList<string> Roles, string Actor)
{
    public static MemberView Of(Member member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return new(member.Id, member.Name, member.Roles, member.Actor);
    }
}
