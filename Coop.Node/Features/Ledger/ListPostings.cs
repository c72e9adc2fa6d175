using System.Globalization;
using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Ledger;

/// <summary>GET /api/ledger/accounts/{id}/postings: the history with its running balance, newest first.</summary>
public static class ListPostings
{
    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.MapGet("/accounts/{id:guid}/postings", HandleAsync)
            .RequireReader(Roles.Member)
            .WithSummary("List an account's postings with the running balance, newest first");

    private static async Task<Page<HistoryView>> HandleAsync(
        Guid id, [AsParameters] PageQuery page, CurrentMember me, Transactions transactions,
        CancellationToken ct)
    {
        var (size, before) = (page.Size(), BeforeSeq(page));
        var account = await GetAccount.FindAsync(transactions, id, ct);
        if (!account.IsOpenTo(me))
        {
            throw ProblemTypes.Forbidden.With("This account is another member's.");
        }

        var rows = await transactions.ReadAsync(
            (connection, token) => HistoryViewStore.ListAsync(connection, id, before, size + 1, token), ct);
        return Page.Of(rows, size, row => row.Seq.ToString(CultureInfo.InvariantCulture), row => row);
    }

    private static long? BeforeSeq(PageQuery page) => page.After() switch
    {
        null => null,
        { } text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) => seq,
        _ => throw Cursor.Refusal(),
    };
}
