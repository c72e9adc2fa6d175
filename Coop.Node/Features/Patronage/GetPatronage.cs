using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Patronage;

/// <summary>What was recorded and distributed: by period for the co-op, by member for that member and the bookkeepers.</summary>
public static class GetPatronage
{
    /// <param name="Period">The period.</param>
    /// <param name="Totals">By unit and kind; member and non-member business apart.</param>
    /// <param name="DistributedUnits">The units in which its surplus is distributed.</param>
    public sealed record PeriodView(
        string Period, IReadOnlyList<PatronageTotal> Totals, IReadOnlyList<string> DistributedUnits);

    /// <summary>A member's statement.</summary>
    /// <param name="Patronage">What they did, by period.</param>
    /// <param name="Refunds">What they got of surpluses, the newest first.</param>
    public sealed record Statement(IReadOnlyList<MemberPatronage> Patronage, IReadOnlyList<MemberRefund> Refunds);

    public static void Map(IEndpointRouteBuilder patronage)
    {
        patronage.MapGet("/periods/{period}", PeriodAsync)
            .RequireReader(Roles.Admin, Roles.Treasurer)
            .WithSummary("Read what was recorded for a period");
        patronage.MapGet("/mine", (CurrentMember me, Transactions transactions, CancellationToken ct) => OfAsync(me.Id, transactions, ct))
            .RequireRole(Roles.Member)
            .WithSummary("Read your own patronage and refunds");
        patronage.MapGet("/members/{id:guid}", OfAsync)
            .RequireReader(Roles.Admin, Roles.Treasurer)
            .WithSummary("Read a member's patronage and refunds");
    }

    public static void MapDistributions(IEndpointRouteBuilder surplus) =>
        surplus.MapGet("/distributions", ListAsync)
            .RequireReader(Roles.Member)
            .WithSummary("List the distributions of surplus, newest first");

    private static Task<PeriodView> PeriodAsync(string period, Transactions transactions, CancellationToken ct)
    {
        var name = PatronageFields.Period(period);
        return transactions.SnapshotAsync(
            async (connection, token) => new PeriodView(
                name,
                await PatronageStore.TotalsAsync(connection, name, token),
                await SurplusStore.DistributedUnitsAsync(connection, name, token)),
            ct);
    }

    private static Task<Statement> OfAsync(Guid id, Transactions transactions, CancellationToken ct) =>
        transactions.SnapshotAsync(
            async (connection, token) => new Statement(
                await PatronageStore.OfMemberAsync(connection, id, token),
                await SurplusStore.OfMemberAsync(connection, id, token)),
            ct);

    private static async Task<Page<DistributionView>> ListAsync(
        [AsParameters] PageQuery page, Transactions transactions, CancellationToken ct)
    {
        var (size, before) = (page.Size(), page.AfterId());
        var rows = await transactions.ReadAsync((c, t) => SurplusStore.ListAsync(c, before, size + 1, t), ct);
        return Page.Of(rows, size, row => row.Id, row => row);
    }
}
