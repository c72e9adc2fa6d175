using Coop.Node.Database;
using Coop.Node.Features.Accounts;
using Coop.Node.Http;
using Coop.Node.Log;

namespace Coop.Node.Features.Presenting;

/// <summary>Ends what <see cref="TrustIssuer"/> began: guests of that co-op are out at once, too.</summary>
public static class DistrustIssuer
{
    /// <param name="EventId">The event <c>issuer.distrusted</c>.</param>
    public sealed record Response(Guid EventId);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/trusted-issuers/{id:guid}", HandleAsync)
            .RequireRole(Roles.Admin)
            .WithSummary("Let the members of another co-op in no longer");

    private static async Task<Response> HandleAsync(
        Guid id, CurrentMember me, Transactions transactions, MemberDirectory directory, CancellationToken ct)
    {
        var response = await transactions.WriteAsync(
            async (scope, c) =>
            {
                var issuer = (await TrustStore.ListAsync(scope.Connection, c)).Find(i => i.Id == id)
                    ?? throw ProblemTypes.NotFound.With("There is no such issuer.");
                await TrustStore.DeleteAsync(scope.Transaction, id, c);
                return new Response(scope.Append(TrustIssuer.Event(EventTypes.IssuerDistrusted, issuer, me.Actor)));
            },
            ct);
        directory.ForgetGuests();
        return response;
    }
}
