using Coop.Node.Features.Ledger.Reports;

namespace Coop.Node.Features.Ledger;

/// <summary>The books: units, accounts, journals. Specified in specs/ledger.md.</summary>
public static class LedgerEndpoints
{
    public static void AddLedger(this IServiceCollection services)
    {
        services.AddSingleton<PostingDesk>();
        services.AddSingleton<DaySweep>();
        services.AddHostedService(s => s.GetRequiredService<DaySweep>());
        services.AddHostedService<PendingSweeper>();
    }

    public static void MapLedger(this IEndpointRouteBuilder api)
    {
        ArgumentNullException.ThrowIfNull(api);
        var ledger = api.MapGroup("/ledger").WithTags("Ledger");
        ListUnits.Map(ledger);
        CreateUnit.Map(ledger);
        ListAccounts.Map(ledger);
        OpenAccount.Map(ledger);
        GetAccount.Map(ledger);
        ChangeAccount.Map(ledger);
        CloseAccount.Map(ledger);
        ListPostings.Map(ledger);
        ListJournals.Map(ledger);
        PostJournal.Map(ledger);
        PostBatch.Map(ledger);
        ReverseJournal.Map(ledger);
        GetPending.Map(ledger);
        ReserveJournal.Map(ledger);
        PostPending.Map(ledger);
        VoidPending.Map(ledger);
        GetPeriods.Map(ledger);
        ClosePeriod.Map(ledger);
        RequestReopening.Map(ledger);
        ApproveReopening.Map(ledger);
        GetJournal.Map(ledger);
        GetBalance.Map(ledger);
        GetStatement.Map(ledger);
        BookReports.Map(ledger);
        ExportBooks.Map(ledger);
        Audit.ExportForAudit.Map(ledger);
        Opening.ImportOpening.Map(ledger);
    }
}
