using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Invitations;

/// <summary>Lists invitations, newest first.</summary>
public static class ListInvitations
{
    /// <param name="Id">UUID.</param>
    /// <param name="Note">A reminder of whom it is for.</param>
    /// <param name="Roles">What the new member will be.</param>
    /// <param name="CreatedAt">When it was issued.</param>
    /// <param name="ExpiresAt">When it becomes void.</param>
    /// <param name="Status">What has become of it.</param>
    /// <param name="UsedBy">The member who joined by it.</param>
    public sealed record Item(
        Guid Id,
        string? Note,
        IReadOnlyList<string> Roles,
        DateTimeOffset CreatedAt,
        DateTimeOffset ExpiresAt,
        InvitationStatus Status,
        Guid? UsedBy);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/invitations", HandleAsync)
            .RequireReader(Roles.Admin, Roles.Secretary)
            .WithSummary("List invitations, newest first");

    private static async Task<Page<Item>> HandleAsync(
        [AsParameters] PageQuery page, Transactions transactions, TimeProvider time, CancellationToken ct)
    {
        var (size, after, now) = (page.Size(), page.AfterId(), time.GetUtcNow());
        var rows = await transactions.ReadAsync(
            (c, token) => InvitationStore.ListAsync(c, after, size + 1, token), ct);
        return Page.Of(rows, size, i => i.Id, i => new Item(
            i.Id, i.Note, i.Roles, i.CreatedAt, i.ExpiresAt, i.StatusAt(now), i.UsedBy));
    }
}
