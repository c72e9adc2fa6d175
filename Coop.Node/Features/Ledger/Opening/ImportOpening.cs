using Coop.Ledger.Accounts;
using Coop.Ledger.Exchange;
using Coop.Node.Database;
using Coop.Node.Http;
using Microsoft.AspNetCore.Mvc;

namespace Coop.Node.Features.Ledger.Opening;

/// <summary>POST /api/ledger/opening: the balances of an hledger journal become opening balances of these books.</summary>
public static class ImportOpening
{
    private const int MaxRequestBytes = 64 * 1024 * 1024;

    /// <param name="Journal">The hledger journal's text.</param>
    /// <param name="DryRun">Whether only to say what would be done.</param>
    /// <param name="EffectiveDate">The day that they count for; left out: that of its last transaction.</param>
    public sealed record Request(string Journal, bool DryRun, DateOnly? EffectiveDate = null);

    /// <param name="EffectiveDate">The day that they count for.</param>
    /// <param name="Accounts">The accounts that balances are brought to.</param>
    /// <param name="JournalIds">The journals that were posted; none in a dry run.</param>
    public sealed record Response(DateOnly EffectiveDate, IReadOnlyList<AccountView> Accounts, IReadOnlyList<Guid> JournalIds);

    /// <param name="Name">Its name.</param>
    /// <param name="Type">Its type.</param>
    /// <param name="Unit">The code of its unit.</param>
    /// <param name="AmountMinor">What is posted on it, debits positive.</param>
    /// <param name="IsNew">Whether it is opened for this.</param>
    public sealed record AccountView(string Name, AccountType Type, string Unit, long AmountMinor, bool IsNew);

    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.MapPost("/opening", HandleAsync)
            .RequireRole(Roles.Admin, Roles.Treasurer)
            .WithMetadata(new RequestSizeLimitAttribute(MaxRequestBytes))
            .WithSummary("Import the balances of an hledger journal as opening balances");

    private static async Task<Response> HandleAsync(Request request, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        var source = OpeningImport.Read(request.Journal, request.EffectiveDate);
        if (request.DryRun)
        {
            var plan = await transactions.SnapshotAsync((connection, token) => OpeningImport.PlanAsync(connection, source, token), ct);
            return View(source, plan, []);
        }

        var done = await transactions.WriteAsync(
            (scope, token) => OpeningImport.ApplyAsync(scope, me.Actor, new(me.Id), source, token), ct);
        return View(source, done.Plan, [.. done.Journals.Select(j => j.Head.Id.Value)]);
    }

    private static Response View(OpeningImport.Source source, OpeningPlan plan, IReadOnlyList<Guid> journals) => new(
        source.Day, [.. plan.Accounts.Select(a => new AccountView(a.Name, a.Type, a.Unit, a.AmountMinor, a.Existing is null))], journals);
}
