using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Credentials;

/// <summary>Lets a credential not count for now.</summary>
public static class SuspendCredential
{
    /// <param name="EventId">The event <c>credential.suspended</c>.</param>
    public sealed record Response(Guid EventId);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/credentials/{id:guid}/suspension", HandleAsync)
            .RequireRole(Roles.Admin, Roles.Secretary)
            .WithSummary("Suspend a credential");

    private static Task<Response> HandleAsync(
        Guid id, CurrentMember me, Transactions transactions, CancellationToken ct) =>
        transactions.WriteAsync(
            async (scope, c) =>
            {
                var credential = await CredentialDesk.RequireCredentialAsync(scope.Connection, me, id, c);
                return new Response(await CredentialRevoking.SuspendAsync(scope, credential, me.Actor, c));
            },
            ct);
}
