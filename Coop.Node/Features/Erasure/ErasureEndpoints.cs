using Coop.Node.Features.Outbox;

namespace Coop.Node.Features.Erasure;

/// <summary>Erasing the content of events, here and at the peers that hold it.</summary>
public static class ErasureEndpoints
{
    public static void AddErasure(this IServiceCollection services) =>
        services.AddSingleton<IOutboxHandler, ErasureMessages>();

    /// <summary>For the co-op's own pages.</summary>
    public static void MapErasure(this IEndpointRouteBuilder api) => EraseEvent.Map(api);

    /// <summary>For peers.</summary>
    public static void MapErasureOfPeers(this IEndpointRouteBuilder federation) => TakeErasure.Map(federation);
}
