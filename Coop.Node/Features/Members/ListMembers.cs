using Coop.Node.Database;
using Coop.Node.Features.Accounts;
using Coop.Node.Http;

namespace Coop.Node.Features.Members;

/// <summary>Lists the members, in the order in which they joined.</summary>
public static class ListMembers
{
    /// <param name="Id">UUID.</param>
    /// <param name="Name">How the member wants to be called.</param>
    /// <param name="Roles">In alphabetical order.</param>
    /// <param name="Actor">The member's pseudonym in the log.</param>
    /// <param name="JoinedAt">When the member enrolled.</param>
    public sealed record Item(
        Guid Id, string Name, IReadOnlyList<string> Roles, string Actor, DateTimeOffset JoinedAt);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/members", HandleAsync)
            .RequireReader(Roles.Member)
            .WithSummary("List the members, in the order in which they joined");

    private static async Task<Page<Item>> HandleAsync(
        [AsParameters] PageQuery page, Transactions transactions, CancellationToken ct)
    {
        var (size, after) = (page.Size(), page.AfterId());
        var rows = await transactions.ReadAsync(
            (c, token) => MemberStore.ListAsync(c, after, size + 1, token), ct);
        return Page.Of(rows, size, m => m.Id, m => new Item(m.Id, m.Name, m.Roles, m.Actor, m.JoinedAt));
    }
}
