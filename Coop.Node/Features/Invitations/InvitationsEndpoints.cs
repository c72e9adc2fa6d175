namespace Coop.Node.Features.Invitations;

/// <summary>The slice's endpoints.</summary>
public static class InvitationsEndpoints
{
    public static void MapInvitations(this IEndpointRouteBuilder api)
    {
        IssueInvitation.Map(api);
        ListInvitations.Map(api);
        RevokeInvitation.Map(api);
    }
}
