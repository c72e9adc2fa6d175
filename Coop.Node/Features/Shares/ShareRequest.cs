using Coop.Ledger.Units;

namespace Coop.Node.Features.Shares;

/// <summary>Shares that a member asks for.</summary>
/// <param name="Id">Its id.</param>
/// <param name="MemberId">Who asks.</param>
/// <param name="Unit">The class.</param>
/// <param name="Shares">How many.</param>
/// <param name="AskedAt">When.</param>
/// <param name="State"><c>open</c>, <c>accepted</c>, <c>declined</c> or <c>withdrawn</c>.</param>
/// <param name="Reason">Why it was declined.</param>
/// <param name="JournalId">What was posted, if it was accepted.</param>
internal sealed record ShareRequest(
    Guid Id, Guid MemberId, UnitCode Unit, long Shares, DateTimeOffset AskedAt, string State, string Reason, Guid? JournalId)
{
    public const string Open = "open";
    public const string Accepted = "accepted";
    public const string Declined = "declined";
    public const string Withdrawn = "withdrawn";
}

/// <summary>Shares that a member asks for.</summary>
/// <param name="Id">Its id.</param>
/// <param name="MemberId">Who asks.</param>
/// <param name="Class">The class's code.</param>
/// <param name="Shares">How many.</param>
/// <param name="AskedAt">When.</param>
/// <param name="State">open, accepted, declined or withdrawn.</param>
/// <param name="Reason">Why it was declined; else empty.</param>
/// <param name="JournalId">What was posted, if it was accepted.</param>
public sealed record ShareRequestView(
    Guid Id, Guid MemberId, string Class, long Shares, DateTimeOffset AskedAt, string State, string Reason, Guid? JournalId)
{
    internal static ShareRequestView Of(ShareRequest r) =>
        new(r.Id, r.MemberId, r.Unit.Value, r.Shares, r.AskedAt, r.State, r.Reason, r.JournalId);
}
