using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Wallet;

/// <summary>Where the signed-in member showed credentials.</summary>
internal static class ListPresentations
{
    private const int MaxCount = 100;

    /// <param name="Items">Newest first; at most 100.</param>
    public sealed record Response(IReadOnlyList<SentPresentation> Items);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/me/presentations", HandleAsync)
            .RequireRole(Roles.Member)
            .WithSummary("List where the signed-in member showed credentials, newest first");

    private static async Task<Response> HandleAsync(CurrentMember me, Transactions transactions, CancellationToken ct) =>
        new(await transactions.ReadAsync((c, token) => SentPresentationStore.ListAsync(c, me.Id, MaxCount, token), ct));
}
