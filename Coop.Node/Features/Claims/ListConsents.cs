using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Claims;

/// <summary>GET /api/consents: which members let which co-ops be told what, for whoever sends claims.</summary>
public static class ListConsents
{
    /// <param name="MemberId">Who gave it.</param>
    /// <param name="MemberName">Their name.</param>
    /// <param name="Consent">What they gave.</param>
    public sealed record Item(Guid MemberId, string MemberName, ConsentView Consent);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/consents", HandleAsync)
            .RequireReader(Roles.Admin)
            .WithSummary("List the consents of members that stand, newest first");

    private static async Task<Page<Item>> HandleAsync(
        [AsParameters] PageQuery page, Transactions transactions, CancellationToken ct)
    {
        var (size, after) = (page.Size(), page.AfterId());
        var rows = await transactions.ReadAsync((c, t) => ConsentStore.ListStandingAsync(c, after, size + 1, t), ct);
        return Page.Of(
            rows, size, r => r.Consent.Id, r => new Item(r.Consent.MemberId, r.MemberName, ConsentView.Of(r.Consent)));
    }
}
