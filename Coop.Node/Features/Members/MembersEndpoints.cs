namespace Coop.Node.Features.Members;

/// <summary>The slice's endpoints.</summary>
public static class MembersEndpoints
{
    public static void MapMembers(this IEndpointRouteBuilder api)
    {
        ListMembers.Map(api);
        ChangeRoles.Map(api);
    }
}
