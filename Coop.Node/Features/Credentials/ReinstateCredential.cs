using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Credentials;

/// <summary>Lets a suspended credential count again.</summary>
public static class ReinstateCredential
{
    /// <param name="EventId">The event <c>credential.reinstated</c>.</param>
    public sealed record Response(Guid EventId);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/credentials/{id:guid}/suspension", HandleAsync)
            .RequireRole(Roles.Admin, Roles.Secretary)
            .WithSummary("Reinstate a suspended credential");

    private static Task<Response> HandleAsync(
        Guid id, CurrentMember me, Transactions transactions, CancellationToken ct) =>
        transactions.WriteAsync(
            async (scope, c) =>
            {
                var credential = await CredentialDesk.RequireCredentialAsync(scope.Connection, me, id, c);
                return new Response(await CredentialRevoking.ReinstateAsync(scope, credential, me.Actor, c));
            },
            ct);
}
