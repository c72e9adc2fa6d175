namespace Coop.Node.Features.LogView;

/// <summary>The log for members.</summary>
public static class LogViewEndpoints
{
    public static void MapLogView(this IEndpointRouteBuilder api)
    {
        ListEvents.Map(api);
        ReadEvent.Map(api);
        ReadCheckpoint.Map(api);
    }
}
