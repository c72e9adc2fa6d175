using Coop.Federation.Peering;

namespace Coop.Node.Federation.Replication;

/// <summary>POST /federation/pokes: a peer says that its log has grown. A hint, and nothing rests on it.</summary>
internal static class TakePoke
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost($"{FederationSetup.Prefix}/pokes", Handle)
            .RequirePeer(PeeringScope.Replicate)
            .WithTags("Federation")
            .WithName("TakePoke")
            .WithSummary("Take a peer's hint that its log has grown");

    private static IResult Handle(HttpContext context, PokeSignals signals)
    {
        signals.Poke(context.Peer().Id);
        return Results.StatusCode(StatusCodes.Status202Accepted);
    }
}
