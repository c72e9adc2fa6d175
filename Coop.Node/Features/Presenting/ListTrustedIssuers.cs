using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Presenting;

/// <summary>Lists the co-ops whose members may come in as guests.</summary>
public static class ListTrustedIssuers
{
    /// <param name="Items">In the order in which they were added; at most 200.</param>
    public sealed record Response(IReadOnlyList<TrustedIssuer> Items);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/trusted-issuers", HandleAsync)
            .RequireReader(Roles.Member)
            .WithSummary("List the co-ops whose members may come in as guests");

    private static async Task<Response> HandleAsync(Transactions transactions, CancellationToken ct) =>
        new(await transactions.ReadAsync(TrustStore.ListAsync, ct));
}
