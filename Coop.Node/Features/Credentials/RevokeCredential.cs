using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Credentials;

/// <summary>Takes a credential back for good: administrators and secretaries any, members their own.</summary>
public static class RevokeCredential
{
    /// <param name="EventId">The event <c>credential.revoked</c>.</param>
    public sealed record Response(Guid EventId);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/credentials/{id:guid}", HandleAsync)
            .RequireRole(Roles.Member)
            .WithSummary("Revoke a credential, for good");

    private static Task<Response> HandleAsync(
        Guid id, CurrentMember me, Transactions transactions, CancellationToken ct) =>
        transactions.WriteAsync(
            async (scope, c) =>
            {
                var credential = await CredentialDesk.RequireCredentialAsync(scope.Connection, me, id, c);
                return new Response(await CredentialRevoking.RevokeAsync(scope, credential, me.Actor, CredentialRevoking.ByHand, c));
            },
            ct);
}
