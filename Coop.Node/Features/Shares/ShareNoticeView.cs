namespace Coop.Node.Features.Shares;

/// <summary>A notice on shares.</summary>
/// <param name="Id">Its id.</param>
/// <param name="MemberId">Whose shares.</param>
/// <param name="Class">Their class.</param>
/// <param name="Shares">How many.</param>
/// <param name="GivenAt">When it was given.</param>
/// <param name="DueOn">The day from which they may be redeemed.</param>
/// <param name="State">open, redeemed or withdrawn.</param>
/// <param name="JournalId">What was posted for the redemption, if it was redeemed.</param>
public sealed record ShareNoticeView(
    Guid Id, Guid MemberId, string Class, long Shares, DateTimeOffset GivenAt, DateOnly DueOn, string State, Guid? JournalId)
{
    internal static ShareNoticeView Of(ShareNotice n) =>
        new(n.Id, n.MemberId, n.Unit.Value, n.Shares, n.GivenAt, n.DueOn, n.State, n.JournalId);
}
