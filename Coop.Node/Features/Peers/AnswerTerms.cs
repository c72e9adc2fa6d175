using Coop.Node.Federation;
using Coop.Node.Http;

namespace Coop.Node.Features.Peers;

/// <summary>Signs the terms that a peer has proposed, or declines other terms than those in force.</summary>
public static class AnswerTerms
{
    private const int HashLength = 43;

    /// <param name="TermsHash">The terms that were read.</param>
    public sealed record Request(string TermsHash);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/peers/{id:guid}/accept", AcceptAsync)
            .RequireRole(Roles.Admin)
            .WithSummary("Accept the terms that a co-op has proposed");
        api.MapPost("/peers/{id:guid}/decline", DeclineAsync)
            .RequireRole(Roles.Admin)
            .WithSummary("Decline other terms, or take back our own");
    }

    private static async Task<PeeringView> AcceptAsync(
        Guid id, Request request, CurrentMember me, PeeringDesk desk, CancellationToken ct) =>
        PeeringView.Of(await desk.AcceptAsync(id, Hash(request), me.Actor, ct));

    private static async Task<PeeringView> DeclineAsync(
        Guid id, Request request, CurrentMember me, PeeringDesk desk, CancellationToken ct) =>
        PeeringView.Of(await desk.DeclineAsync(id, Hash(request), me.Actor, ct));

    private static string Hash(Request request) => Fields.Text(request.TermsHash, "termsHash", HashLength, HashLength);
}
