namespace Coop.Node.Features.Peers;

/// <summary>The slice's endpoints.</summary>
public static class PeersEndpoints
{
    public static void MapPeers(this IEndpointRouteBuilder api)
    {
        ListPeers.Map(api);
        ShowPeer.Map(api);
        PreviewPeer.Map(api);
        ProposePeering.Map(api);
        AnswerTerms.Map(api);
        HoldPeering.Map(api);
        BlockPeer.Map(api);
    }
}
