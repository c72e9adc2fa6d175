using Coop.Federation.Replication;
using Coop.Node.Federation;
using Coop.Node.Federation.Wire;
using Coop.Node.Http;

namespace Coop.Node.Features.Peers;

/// <summary>Suspends, resumes or ends a peering; ending one that was only proposed says no to it.</summary>
public static class HoldPeering
{
    /// <param name="Reason">For both co-ops' people; up to 500 characters, may be left out.</param>
    public sealed record Request(string? Reason = null);

    /// <param name="Reason">For both co-ops' people; up to 500 characters, may be left out.</param>
    /// <param name="History">
    /// Needed where this co-op froze the peering since the other's log signed two histories: <c>served</c> to follow
    /// the one that it serves now (the copy is kept aside), <c>kept</c> to keep the copy and refuse the other.
    /// </param>
    public sealed record ResumeRequest(string? Reason = null, HistoryChoice? History = null);

    /// <param name="Reason">For both co-ops' people; up to 500 characters, may be left out.</param>
    /// <param name="Block">Whether this co-op takes no more proposals from that one.</param>
    public sealed record EndRequest(string? Reason = null, bool Block = false);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/peers/{id:guid}/suspend", SuspendAsync)
            .RequireRole(Roles.Admin)
            .WithSummary("Suspend a peering");
        api.MapPost("/peers/{id:guid}/resume", ResumeAsync)
            .RequireRole(Roles.Admin)
            .WithSummary("Resume a peering, also one that was frozen");
        api.MapPost("/peers/{id:guid}/end", EndAsync)
            .RequireRole(Roles.Admin)
            .WithSummary("End a peering, or reject a proposal");
    }

    private static async Task<PeeringView> SuspendAsync(
        Guid id, Request request, CurrentMember me, PeeringDesk desk, CancellationToken ct) =>
        PeeringView.Of(await desk.SuspendAsync(id, Reason(request.Reason), me.Actor, ct));

    private static async Task<PeeringView> ResumeAsync(
        Guid id, ResumeRequest request, CurrentMember me, PeeringDesk desk, CancellationToken ct) =>
        PeeringView.Of(await desk.ResumeAsync(id, Reason(request.Reason), request.History, me.Actor, ct));

    private static async Task<PeeringView> EndAsync(
        Guid id, EndRequest request, CurrentMember me, PeeringDesk desk, PeerBlocks blocks, CancellationToken ct)
    {
        var ended = await desk.EndAsync(id, Reason(request.Reason), me.Actor, ct);
        if (request.Block)
        {
            await blocks.AddAsync(ended.PeerDid, me.Actor, ct);
        }

        return PeeringView.Of(ended);
    }

    private static string? Reason(string? text) => Fields.OptionalText(text, "reason", StepMessage.MaxReasonLength);
}
