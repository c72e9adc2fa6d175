using Coop.Ledger.Units;

namespace Coop.Node.Features.Shares;

/// <summary>A notice on shares.</summary>
/// <param name="Id">Its id.</param>
/// <param name="MemberId">Whose shares.</param>
/// <param name="Unit">Their class.</param>
/// <param name="Shares">How many.</param>
/// <param name="GivenAt">When it was given.</param>
/// <param name="DueOn">The day from which they may be redeemed.</param>
/// <param name="State"><c>open</c>, <c>redeemed</c> or <c>withdrawn</c>.</param>
/// <param name="JournalId">What was posted for the redemption.</param>
internal sealed record ShareNotice(
    Guid Id, Guid MemberId, UnitCode Unit, long Shares, DateTimeOffset GivenAt, DateOnly DueOn, string State, Guid? JournalId)
{
    public const string Open = "open";
    public const string Redeemed = "redeemed";
    public const string Withdrawn = "withdrawn";
}
