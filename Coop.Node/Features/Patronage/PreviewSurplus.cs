using Coop.Node.Database;
using Coop.Node.Features.Ledger;
using Coop.Node.Http;

namespace Coop.Node.Features.Patronage;

/// <summary>POST /api/surplus/preview: who would get what, to the last minor unit; nothing is written.</summary>
public static class PreviewSurplus
{
    /// <param name="Period">The period whose patronage counts.</param>
    /// <param name="Unit">The code of the unit that surplus, patronage and capital are in.</param>
    /// <param name="From">The first day for which capital gets interest.</param>
    /// <param name="To">The last one, at most 366 days in all.</param>
    /// <param name="SurplusMinor">What is divided, in minor units, from 1.</param>
    /// <param name="ReserveBasisPoints">Of the members' part, what goes to the reserves first, 0 to 10,000.</param>
    /// <param name="InterestBasisPoints">Yearly interest on paid-in capital, 0 to 10,000.</param>
    public sealed record Request(
        string Period, string Unit, DateOnly From, DateOnly To, long SurplusMinor, int ReserveBasisPoints = 0,
        int InterestBasisPoints = 0);

    /// <param name="PlanHash">64 hexadecimal digits: to be named when it is posted, as it is shown here.</param>
    /// <param name="NonMemberMinor">To the reserves, since business with non-members earned it.</param>
    /// <param name="ReserveMinor">To the reserves, of the members' part.</param>
    /// <param name="InterestMinor">To the members, on their capital.</param>
    /// <param name="RefundMinor">To the members, by patronage.</param>
    /// <param name="IsDistributed">Whether the surplus of this period and unit was distributed already.</param>
    /// <param name="Lines">One for each member who gets something.</param>
    public sealed record Response(
        string PlanHash, long NonMemberMinor, long ReserveMinor, long InterestMinor, long RefundMinor, bool IsDistributed,
        IReadOnlyList<Line> Lines);

    /// <param name="Member">Who.</param>
    /// <param name="PatronageMinor">The business that it is reckoned by.</param>
    /// <param name="InterestMinor">On capital.</param>
    /// <param name="RefundMinor">By patronage.</param>
    /// <param name="AccountId">Where it will be paid to; null where the member has no account of that unit yet.</param>
    public sealed record Line(MemberView Member, long PatronageMinor, long InterestMinor, long RefundMinor, Guid? AccountId);

    public static void Map(IEndpointRouteBuilder surplus) =>
        surplus.MapPost("/preview", HandleAsync)
            .RequireRole(Roles.Admin, Roles.Treasurer)
            .WithSummary("Show how a surplus would be divided");

    private static async Task<Response> HandleAsync(Request request, Transactions transactions, CancellationToken ct)
    {
        var parsed = SurplusRequest.Parse(request);
        return await transactions.SnapshotAsync(
            async (connection, token) =>
            {
                var shares = await SurplusShares.ReckonAsync(connection, parsed, token);
                var names = await SurplusStore.NamesAsync(connection, shares.Plan.Lines.Select(l => l.Member.Value), token);
                var done = await SurplusStore.DistributedUnitsAsync(connection, parsed.Period, token);
                return View(shares, names, done.Contains(parsed.Unit));
            },
            ct);
    }

    private static Response View(SurplusShares shares, Dictionary<Guid, string> names, bool isDistributed) => new(
        Convert.ToHexStringLower(shares.Hash),
        shares.Plan.NonMemberMinor,
        shares.Plan.ReserveMinor,
        shares.Plan.Lines.Sum(l => l.InterestMinor),
        shares.Plan.Lines.Sum(l => l.RefundMinor),
        isDistributed,
        [
            .. shares.Plan.Lines.Select(l => new Line(
                new MemberView(l.Member.Value, names[l.Member.Value]), l.PatronageMinor, l.InterestMinor, l.RefundMinor,
                shares.Accounts.TryGetValue(l.Member.Value, out var account) ? account : null)),
        ]);
}
