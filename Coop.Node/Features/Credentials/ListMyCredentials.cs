using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Credentials;

/// <summary>Lists the signed-in member's credentials, newest first.</summary>
public static class ListMyCredentials
{
    private const int MaxCount = 500;

    /// <param name="Items">Newest first; at most 500.</param>
    public sealed record Response(IReadOnlyList<CredentialView> Items);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/me/credentials", HandleAsync)
            .RequireRole(Roles.Member)
            .WithSummary("List the signed-in member's credentials, newest first");

    private static async Task<Response> HandleAsync(
        CurrentMember me, Transactions transactions, TimeProvider time, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var rows = await transactions.ReadAsync(
            (c, token) => CredentialStore.ListOfAsync(c, me.Id, MaxCount, token), ct);
        return new([.. rows.Select(c => CredentialView.Of(c, now))]);
    }
}
