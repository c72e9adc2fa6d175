using Coop.Node.Database;
using Coop.Node.Features.Accounts;
using Coop.Node.Hosting;
using Coop.Node.Http;

namespace Coop.Node.Features.Presenting;

/// <summary>
/// Tells the browser that began it what became of the request; once a wallet has answered well, begins the
/// guest's session in it.
/// </summary>
public static class FinishPresentation
{
    /// <summary>Nothing needs to be said; the cookie says who asks.</summary>
    public sealed record Request;

    /// <summary>What has become of it.</summary>
    public enum Outcome
    {
        /// <summary>No wallet has answered yet.</summary>
        Waiting,

        /// <summary>What was presented lets nobody in.</summary>
        Refused,

        /// <summary>The guest is signed in.</summary>
        Admitted,
    }

    /// <param name="State">What has become of it.</param>
    /// <param name="Refusal">Why it was refused, one of the codes of specs/exchange.md.</param>
    /// <param name="Member">Who is signed in now, where somebody is.</param>
    public sealed record Response(Outcome State, string? Refusal, MemberView? Member);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/guest-sign-ins/{id:guid}/outcome", HandleAsync)
            .AllowAnonymous()
            .WithSummary("Ask what became of a guest's sign-in, and begin the session");

    private static async Task<Response> HandleAsync(
        Guid id, Request request, HttpContext http, Transactions transactions, NodeOptions node, TimeProvider time,
        CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var begun = await transactions.ReadAsync((c, t) => PresentationStore.FindAsync(c, id, t), ct);
        if (begun is null || now >= begun.ExpiresAt || !BrowserBinding.IsOf(http, node, begun))
        {
            throw ProblemTypes.PresentationOver.With("Begin again.");
        }

        if (begun.GuestId is not { } guestId)
        {
            return new(begun.AnsweredAt is null ? Outcome.Waiting : Outcome.Refused, begun.Refusal, Member: null);
        }

        var guest = await transactions.ReadAsync((c, t) => GuestStore.FindAsync(c, guestId, now, t), ct)
            ?? throw ProblemTypes.PresentationOver.With("The co-op is no longer trusted here.");
        BrowserBinding.End(http, node);
        await Sessions.BeginAsync(http, guest, now);
        return new(Outcome.Admitted, Refusal: null, MemberView.Of(guest));
    }
}
