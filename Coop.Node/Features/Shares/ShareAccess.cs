using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Shares;

/// <summary>Whoever keeps the books acts for everybody; a member for themself.</summary>
internal static class ShareAccess
{
    /// <exception cref="RefusalException">It is somebody else's.</exception>
    public static void Require(CurrentMember me, Guid member)
    {
        if (member != me.Id && !me.KeepsBooks)
        {
            throw ProblemTypes.Forbidden.With("These are another member's shares.");
        }
    }

    /// <summary>A notice that the one who asks may know of.</summary>
    /// <exception cref="RefusalException">There is none.</exception>
    public static async Task<ShareNotice> RequireNoticeAsync(WriteScope scope, CurrentMember me, Guid id, CancellationToken ct) =>
        await ShareNoticeTable.FindAsync(scope.Connection, id, ct) is { } notice
            && (notice.MemberId == me.Id || me.KeepsBooks)
            ? notice
            : throw ProblemTypes.NotFound.With("No such notice.");
}
