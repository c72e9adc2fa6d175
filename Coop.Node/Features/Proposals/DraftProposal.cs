using Coop.Node.Database;
using Coop.Node.Governance;
using Coop.Node.Http;

namespace Coop.Node.Features.Proposals;

/// <summary>POST /api/proposals: a member writes a proposal, for themselves at first.</summary>
public static class DraftProposal
{
    /// <param name="Title">1 to 200 characters, one line.</param>
    /// <param name="Body">0 to 20,000 characters.</param>
    public sealed record Request(string Title, string Body);

    /// <param name="Id">The draft's id.</param>
    /// <param name="EventId">The event <c>proposal.drafted</c>.</param>
    public sealed record Response(Guid Id, Guid EventId);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/proposals", HandleAsync)
            .RequireRole(Roles.Member)
            .WithSummary("Draft a proposal")
            .Produces<Response>(StatusCodes.Status201Created);

    private static async Task<IResult> HandleAsync(
        Request request, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        var text = ProposalFields.Text(request.Title, request.Body);
        var response = await transactions.WriteAsync(
            async (scope, token) =>
            {
                var id = scope.NewId();
                await ProposalStore.InsertDraftAsync(
                    scope.Transaction, id, text, me.Id, scope.Now, token);
                return new Response(id, scope.Append(ProposalEvents.Drafted(id, me.Actor, text)));
            },
            ct);
        return Results.Created($"/api/proposals/{response.Id}", response);
    }
}
