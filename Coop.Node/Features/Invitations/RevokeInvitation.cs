using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Invitations;

/// <summary>Takes an invitation back before somebody uses it.</summary>
public static class RevokeInvitation
{
    /// <param name="EventId">The event <c>invitation.revoked</c>.</param>
    public sealed record Response(Guid EventId);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/invitations/{id:guid}", HandleAsync)
            .RequireRole(Roles.Admin, Roles.Secretary)
            .WithSummary("Take an invitation back");

    private static Task<Response> HandleAsync(
        Guid id, CurrentMember me, Transactions transactions, CancellationToken ct) =>
        transactions.WriteAsync(
            async (scope, c) =>
            {
                var invitation = await InvitationStore.FindAsync(scope.Connection, id, c)
                    ?? throw ProblemTypes.NotFound.With("There is no such invitation.");
                if (invitation.StatusAt(scope.Now) != InvitationStatus.Open
                    || !await InvitationStore.RevokeAsync(scope.Transaction, id, scope.Now, c))
                {
                    throw ProblemTypes.InvitationClosed.With("It was used or revoked, or has expired.");
                }

                return new Response(scope.Append(InvitationEvents.Revoked(id, me.Actor)));
            },
            ct);
}
