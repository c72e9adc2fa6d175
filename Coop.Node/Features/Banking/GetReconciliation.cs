using Coop.Ledger.Accounts;
using Coop.Ledger.Banking;
using Coop.Ledger.Reports;
using Coop.Node.Database;
using Coop.Node.Features.Ledger.Reports;
using Coop.Node.Http;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Coop.Node.Features.Banking;

/// <summary>GET /api/ledger/accounts/{id}/reconciliation: whether bank and books agree as of a day, and what lies between.</summary>
public static class GetReconciliation
{
    /// <param name="AsOf">The day.</param>
    /// <param name="StatementMinor">What the bank says; null where no statement up to then says a balance.</param>
    /// <param name="StatementDate">The last day of the statement that says it; later lines are added to it.</param>
    /// <param name="BookMinor">What the books say, debits positive.</param>
    /// <param name="OpenLines">Lines of the bank without a posting by then.</param>
    /// <param name="OpenLinesMinor">Their sum.</param>
    /// <param name="OpenPostings">Postings since the first statement without a line of the bank by then.</param>
    /// <param name="OpenPostingsMinor">Their sum.</param>
    /// <param name="DifferenceMinor">What these do not explain; null without a statement.</param>
    /// <param name="IsReconciled">Whether all is explained.</param>
    public sealed record Response(
        DateOnly AsOf, long? StatementMinor, DateOnly? StatementDate, long BookMinor, long OpenLines, long OpenLinesMinor,
        long OpenPostings, long OpenPostingsMinor, long? DifferenceMinor, bool IsReconciled);

    internal const string SelectStatement = """
        SELECT last_on, closing_minor FROM bank_statements
        WHERE account_id = $1 AND last_on <= $2 AND closing_minor IS NOT NULL
        ORDER BY last_on DESC, id DESC LIMIT 1
        """;

    internal const string SelectFirstDay = "SELECT min(first_on) FROM bank_statements WHERE account_id = $1";

    internal const string SelectLinesSince =
        "SELECT coalesce(sum(amount_minor), 0) FROM bank_lines WHERE account_id = $1 AND booked_on > $2 AND booked_on <= $3";

    // Here and below the date is asked for row by row, so that no plan reads all journals for those of one account.
    internal const string SelectOpenLines = """
        SELECT count(*), coalesce(sum(b.amount_minor), 0)
        FROM bank_lines b
        WHERE b.account_id = $1 AND b.booked_on <= $2
          AND (b.journal_id IS NULL OR (SELECT j.effective_date FROM ledger_journals j WHERE j.id = b.journal_id) > $2)
        """;

    // Postings without a line, and those whose line is later; a line is of its posting's account and amount. What counts
    // for days before the first statement is in its opening balance. Without the OFFSET the dates are asked for first,
    // of all postings.
    internal const string SelectOpenPostings = """
        SELECT count(*), coalesce(sum(o.amount_minor), 0)
        FROM (
          SELECT u.amount_minor
          FROM (
            SELECT p.journal_id, p.amount_minor
            FROM ledger_postings p
            WHERE p.account_id = $1
              AND NOT EXISTS (SELECT 1 FROM bank_lines b WHERE b.journal_id = p.journal_id AND b.journal_line = p.line)
            OFFSET 0
          ) u
          WHERE (SELECT j.effective_date FROM ledger_journals j WHERE j.id = u.journal_id) BETWEEN $3 AND $2
          UNION ALL
          SELECT b.amount_minor
          FROM bank_lines b
          WHERE b.account_id = $1 AND b.booked_on > $2
            AND (SELECT j.effective_date FROM ledger_journals j WHERE j.id = b.journal_id) <= $2
        ) o
        """;

    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.MapGet("/accounts/{id:guid}/reconciliation", HandleAsync)
            .RequireReader(Roles.Admin, Roles.Treasurer)
            .WithSummary("Compare an account with its bank statements as of a day");

    private static Task<Response> HandleAsync(
        Guid id, [FromQuery(Name = "asOf")] DateOnly asOf, Transactions transactions, CancellationToken ct)
    {
        ReportMoment.Day(asOf, "asOf");
        return transactions.SnapshotAsync((connection, token) => ReadAsync(connection, id, asOf, token), ct);
    }

    private static async Task<Response> ReadAsync(NpgsqlConnection connection, Guid id, DateOnly asOf, CancellationToken ct)
    {
        var books = await BalanceStore.AsOfAsync(connection, [new AccountId(id)], asOf, ct);
        if (books.Count == 0)
        {
            throw ProblemTypes.NotFound.With("There is no such account.");
        }

        var (statement, closing) = await StatementAsync(connection, id, asOf, ct);
        var first = (await connection.Command(SelectFirstDay, id).ListAsync(r => r.Nullable<DateOnly>(0), ct)).Single() ?? asOf.AddDays(1);
        var lines = await CountAsync(connection.Command(SelectOpenLines, id, asOf), ct);
        var postings = await CountAsync(connection.Command(SelectOpenPostings, id, asOf, first), ct);
        var result = new Reconciliation((Int128?)closing, (Int128)books[0].BalanceMinor, (Int128)lines.Sum, (Int128)postings.Sum);
        return new Response(
            asOf, Minor(closing), statement, ReportMoment.Minor(books[0].BalanceMinor), lines.Count, ReportMoment.Minor(lines.Sum),
            postings.Count, ReportMoment.Minor(postings.Sum), Minor((decimal?)result.DifferenceMinor), result.IsReconciled);
    }

    private static async Task<(DateOnly? Day, decimal? Closing)> StatementAsync(NpgsqlConnection connection, Guid id, DateOnly asOf, CancellationToken ct)
    {
        var found = await connection.Command(SelectStatement, id, asOf).ListAsync(r => (Day: r.GetFieldValue<DateOnly>(0), Closing: r.GetInt64(1)), ct);
        if (found.Count == 0)
        {
            return (null, null);
        }

        var since = (await connection.Command(SelectLinesSince, id, found[0].Day, asOf).ListAsync(r => r.GetDecimal(0), ct)).Single();
        return (found[0].Day, found[0].Closing + since);
    }

    private static async Task<(long Count, decimal Sum)> CountAsync(NpgsqlCommand command, CancellationToken ct) =>
        (await command.ListAsync(r => (r.GetInt64(0), r.GetDecimal(1)), ct)).Single();

    private static long? Minor(decimal? minor) => minor is { } value ? ReportMoment.Minor(value) : null;
}
