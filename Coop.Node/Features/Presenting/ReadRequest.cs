using Coop.Node.Database;
using Coop.Node.Features.Issuing;
using Coop.Node.Http;

namespace Coop.Node.Features.Presenting;

/// <summary>The signed request for the wallet (OpenID4VP 1.0, section 5.10).</summary>
internal static class ReadRequest
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(RequestObject.RequestsPath + "/{id:guid}", HandleAsync)
            .Protocol()
            .WithSummary("Read a signed request for a credential (OpenID4VP)");

    private static async Task<IResult> HandleAsync(
        Guid id, Transactions transactions, RequestObject requests, TimeProvider time, CancellationToken ct)
    {
        var request = await transactions.ReadAsync((c, token) => PresentationStore.FindAsync(c, id, token), ct);
        return request is { AnsweredAt: null } && time.GetUtcNow() < request.ExpiresAt
            ? Results.Text(requests.Sign(request), RequestObject.MediaType)
            : throw ProblemTypes.NotFound.With("There is no such request, or it is over.");
    }
}
