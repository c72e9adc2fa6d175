using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Credentials;

/// <summary>Lists what the co-op has issued, newest first.</summary>
public static class ListCredentials
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/credentials", HandleAsync)
            .RequireReader(Roles.Admin, Roles.Secretary)
            .WithSummary("List the credentials that the co-op has issued, newest first");

    private static async Task<Page<CredentialView>> HandleAsync(
        [AsParameters] PageQuery page, Transactions transactions, TimeProvider time, CancellationToken ct)
    {
        var (size, after, now) = (page.Size(), page.AfterId(), time.GetUtcNow());
        var rows = await transactions.ReadAsync(
            (c, token) => CredentialStore.ListAsync(c, after, size + 1, token), ct);
        return Page.Of(rows, size, c => c.Id, c => CredentialView.Of(c, now));
    }
}
