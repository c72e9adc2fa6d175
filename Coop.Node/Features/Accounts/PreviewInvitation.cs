using Coop.Node.Database;
using Coop.Node.Hosting;
using Coop.Node.Http;

namespace Coop.Node.Features.Accounts;

/// <summary>Shows what an invitation offers, before its holder takes it.</summary>
public static class PreviewInvitation
{
    /// <param name="Token">The part of the link after <c>#/join/</c>, 43 characters.</param>
    public sealed record Request(string Token);

    /// <param name="CoopName">The co-op that invites.</param>
    /// <param name="Roles">The roles that the new member will have.</param>
    /// <param name="FirstAdministrator">Whether the co-op has no administrator yet.</param>
    /// <param name="ExpiresAt">When the invitation becomes void.</param>
    public sealed record Response(
        string CoopName, IReadOnlyList<string> Roles, bool FirstAdministrator, DateTimeOffset ExpiresAt);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/invitations/preview", HandleAsync)
            .AllowAnonymous()
            .RequireRateLimiting(RateLimits.Ceremonies)
            .WithSummary("Show what an invitation offers");

    private static async Task<Response> HandleAsync(
        Request request, NodeOptions node, Transactions transactions, TimeProvider time, CancellationToken ct)
    {
        var invitation = await transactions.ReadAsync(
            (c, token) => OpenInvitation.FindAsync(c, request.Token, time.GetUtcNow(), token), ct);
        return new(node.Name, invitation.Roles, invitation.FirstAdministrator, invitation.ExpiresAt);
    }
}
