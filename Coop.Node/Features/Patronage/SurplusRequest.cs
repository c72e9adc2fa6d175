using Coop.Ledger.Patronage;
using Coop.Node.Features.Ledger;
using Coop.Node.Features.Ledger.Reports;
using Coop.Node.Http;

namespace Coop.Node.Features.Patronage;

/// <summary>What is to be divided, and how.</summary>
/// <param name="Period">Whose patronage counts.</param>
/// <param name="Unit">The unit of surplus, patronage and capital.</param>
/// <param name="From">The first day for which capital gets interest.</param>
/// <param name="To">The last one.</param>
/// <param name="Terms">How.</param>
internal sealed record SurplusRequest(string Period, string Unit, DateOnly From, DateOnly To, SurplusTerms Terms)
{
    private const int MaxDays = 366;

    /// <summary>As it is asked for.</summary>
    /// <exception cref="RefusalException">A field is outside its range.</exception>
    public static SurplusRequest Parse(PreviewSurplus.Request request)
    {
        var (from, to) = (ReportMoment.Day(request.From, "from"), ReportMoment.Day(request.To, "to"));
        Fields.Range(to.DayNumber - from.DayNumber + 1, "to", 1, MaxDays);
        return new(
            PatronageFields.Period(request.Period),
            LedgerFields.Unit(request.Unit, "unit").Value,
            from,
            to,
            new SurplusTerms(
                Fields.Range(request.SurplusMinor, "surplusMinor", 1, long.MaxValue),
                (int)Fields.Range(request.ReserveBasisPoints, "reserveBasisPoints", 0, SurplusTerms.Whole),
                (int)Fields.Range(request.InterestBasisPoints, "interestBasisPoints", 0, SurplusTerms.Whole)));
    }
}
