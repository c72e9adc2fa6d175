using Coop.Identity.Passkeys;
using Coop.Node.Database;
using Coop.Node.Hosting;
using Coop.Node.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coop.Node.Features.Invitations;

/// <summary>Invites somebody to join.</summary>
public static class IssueInvitation
{
    public const int MaxNoteLength = 200;
    public const int MaxHours = 720;
    public const int DefaultHours = 168;

    /// <param name="Roles">
    /// What the new member will be: contains <c>member</c>, which is the default, or is <c>auditor</c> alone. Only
    /// administrators give more than <c>member</c>.
    /// </param>
    /// <param name="Note">A reminder of whom it is for, which the invited never see; up to 200 characters.</param>
    /// <param name="ExpiresInHours">1 to 720; 168 (a week) when left out.</param>
    public sealed record Request(
        IReadOnlyList<string>? Roles = null, string? Note = null, long? ExpiresInHours = null);

    /// <param name="Id">UUID.</param>
    /// <param name="Link">To be handed to the person; it is shown this once, and works once.</param>
    /// <param name="ExpiresAt">When it becomes void.</param>
    /// <param name="EventId">The event <c>invitation.issued</c>.</param>
    public sealed record Response(Guid Id, string Link, DateTimeOffset ExpiresAt, Guid EventId);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/invitations", HandleAsync)
            .RequireRole(Http.Roles.Admin, Http.Roles.Secretary)
            .WithSummary("Invite somebody to join");

    private static async Task<Created<Response>> HandleAsync(
        Request request, CurrentMember me, NodeOptions node, Transactions transactions, CancellationToken ct)
    {
        var roles = Http.Roles.Parse(request.Roles ?? [Http.Roles.Member], "roles");
        if (roles is not [Http.Roles.Member] && !me.Is(Http.Roles.Admin))
        {
            throw ProblemTypes.Forbidden.With("Administrators alone invite somebody into an office.");
        }

        var note = Fields.OptionalText(request.Note, "note", MaxNoteLength);
        var hours = Fields.Range(request.ExpiresInHours ?? DefaultHours, "expiresInHours", 1, MaxHours);
        var token = InvitationToken.New();
        var response = await transactions.WriteAsync(
            async (scope, c) =>
            {
                var invitation = new Invitation(
                    scope.NewId(), roles, note, FirstAdministrator: false,
                    scope.Now, scope.Now + TimeSpan.FromHours(hours), UsedBy: null, RevokedAt: null);
                await InvitationStore.InsertAsync(scope.Transaction, invitation, token, me.Id, c);
                var eventId = scope.Append(InvitationEvents.Issued(invitation, me.Actor));
                return new Response(
                    invitation.Id, InvitationLink.Of(node, token), invitation.ExpiresAt, eventId);
            },
            ct);
        return TypedResults.Created($"/api/invitations/{response.Id:D}", response);
    }
}
