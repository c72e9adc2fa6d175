namespace Coop.Node.Features.Dids;

/// <summary>Members' DIDs: linked by proof of possession, unlinked, replaced.</summary>
public static class DidsEndpoints
{
    public static void AddDids(this IServiceCollection services) => services.AddSingleton<DidProofs>();

    public static void MapDids(this IEndpointRouteBuilder api)
    {
        ListDids.Map(api);
        StartDidLink.Map(api);
        LinkDid.Map(api);
        UnlinkDid.Map(api);
    }
}
