namespace Coop.Node.Features.Commons;

/// <summary>The data commons: what co-ops share with each other, and copies of it.</summary>
public static class CommonsEndpoints
{
    public static void AddCommons(this IServiceCollection services)
    {
        services.AddSingleton<CommonsReading>();
        services.AddSingleton<CommonsRetention>();
    }

    /// <summary>For the co-op's own pages.</summary>
    public static void MapCommons(this IEndpointRouteBuilder api)
    {
        ListCommons.Map(api);
        ShareDataset.Map(api);
        ShareEvent.Map(api);
        WithdrawItem.Map(api);
        ListPeerCommons.Map(api);
        FetchCopy.Map(api);
        ListCopies.Map(api);
        ReadCopy.Map(api);
    }

    /// <summary>For peers.</summary>
    public static void MapCommonsOfPeers(this IEndpointRouteBuilder federation)
    {
        GiveCommons.Map(federation);
        GivePayload.Map(federation);
    }
}
