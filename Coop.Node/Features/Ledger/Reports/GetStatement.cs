using System.Globalization;
using Coop.Ledger.Accounts;
using Coop.Ledger.Reports;
using Coop.Node.Database;
using Coop.Node.Http;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Coop.Node.Features.Ledger.Reports;

/// <summary>GET /api/ledger/accounts/{id}/statement: what moved in some days, by effective date, with what it left.</summary>
public static class GetStatement
{
    /// <summary>An account with at most so many postings is read by them, a busier one by days.</summary>
    private const long FewPostings = 20_000;

    // Most days of a busy account have postings, so that a page is soon full.
    internal const string SelectLines = """
        SELECT j.effective_date, j.id, p.line, p.amount_minor, j.memo, j.booked_at, j.event_id
        FROM ledger_journals j
        JOIN ledger_postings p ON p.journal_id = j.id
        WHERE p.account_id = $1 AND j.effective_date >= $2 AND j.effective_date <= $3
          AND (j.effective_date, j.id, p.line) > ($4, $5, $6)
        ORDER BY j.effective_date, j.id, p.line
        LIMIT $7
        """;

    // By days, a quiet account's page would be looked for in everybody's journals. The date is asked for once for each
    // of its postings, behind an OFFSET that keeps what is asked of the dates from going before it.
    internal const string SelectLinesOfFew = """
        SELECT l.day, l.journal_id, l.line, l.amount_minor, j.memo, j.booked_at, j.event_id
        FROM (
          SELECT d.day, d.journal_id, d.line, d.amount_minor
          FROM (
            SELECT p.journal_id, p.line, p.amount_minor,
              (SELECT j.effective_date FROM ledger_journals j WHERE j.id = p.journal_id) AS day
            FROM ledger_postings p
            WHERE p.account_id = $1
            OFFSET 0
          ) d
          WHERE d.day >= $2 AND d.day <= $3 AND (d.day, d.journal_id, d.line) > ($4, $5, $6)
          ORDER BY d.day, d.journal_id, d.line
          LIMIT $7
        ) l
        JOIN ledger_journals j ON j.id = l.journal_id
        ORDER BY l.day, l.journal_id, l.line
        """;

    /// <param name="AccountId">The account.</param>
    /// <param name="Unit">The code of its unit.</param>
    /// <param name="From">The first day.</param>
    /// <param name="To">The last day.</param>
    /// <param name="OpeningMinor">The balance before the first day.</param>
    /// <param name="ClosingMinor">The balance when the last day had ended.</param>
    /// <param name="Lines">What moved, in the order of effective dates.</param>
    public sealed record Response(
        Guid AccountId, string Unit, DateOnly From, DateOnly To, long OpeningMinor, long ClosingMinor, Page<Line> Lines);

    /// <param name="EffectiveDate">The day that it counts for.</param>
    /// <param name="JournalId">The journal that it is part of.</param>
    /// <param name="AmountMinor">Debits positive, credits negative.</param>
    /// <param name="BalanceMinor">What it left, counted by effective date.</param>
    /// <param name="Memo">The journal's memo.</param>
    /// <param name="BookedAt">When it was booked.</param>
    /// <param name="EventId">The event of the log that tells of it.</param>
    public sealed record Line(
        DateOnly EffectiveDate, Guid JournalId, long AmountMinor, long BalanceMinor, string Memo, DateTimeOffset BookedAt, Guid EventId);

    private sealed record Row(DateOnly Day, Guid Journal, long Number, long Amount, string Memo, DateTimeOffset BookedAt, Guid EventId);

    /// <summary>Where a page ended, and the balance there.</summary>
    private sealed record Place(DateOnly Day, Guid Journal, long Number, decimal Balance)
    {
        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture, $"{Day:yyyy-MM-dd} {Journal} {Number} {Balance}");

        public static Place Parse(string text) =>
            text.Split(' ') is [var day, var journal, var number, var balance]
            && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var d)
            && Guid.TryParse(journal, out var j)
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            && long.TryParse(balance, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var b)
                ? new(d, j, n, b)
                : throw Cursor.Refusal();
    }

    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.MapGet("/accounts/{id:guid}/statement", HandleAsync)
            .RequireReader(Roles.Member)
            .WithSummary("Read what moved on an account in some days, by effective date");

    private static async Task<Response> HandleAsync(
        Guid id, [FromQuery] DateOnly from, [FromQuery] DateOnly to, [AsParameters] PageQuery page,
        CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        var (first, last, size) = (ReportMoment.Day(from, "from"), ReportMoment.Day(to, "to"), page.Size());
        var after = page.After() is { } text ? Place.Parse(text) : null;
        var account = await GetAccount.FindAsync(transactions, id, ct);
        if (!account.IsOpenTo(me))
        {
            throw ProblemTypes.Forbidden.With("This account is another member's.");
        }

        return await transactions.SnapshotAsync(
            async (connection, token) =>
            {
                var opening = (await BalanceAsync(connection, id, first.AddDays(-1), token)).BalanceMinor;
                var (_, closing, postings) = await BalanceAsync(connection, id, last, token);
                var start = after ?? new Place(first.AddDays(-1), Guid.Empty, 0, opening);
                var sql = postings <= FewPostings ? SelectLinesOfFew : SelectLines;
                var rows = await RowsAsync(connection.Command(
                    sql, id, first, last, start.Day, start.Journal, start.Number, (long)size + 1), token);
                return new Response(
                    id, account.Unit, first, last, ReportMoment.Minor(opening), ReportMoment.Minor(closing), PageOf(rows, start, size));
            },
            ct);
    }

    private static Page<Line> PageOf(List<Row> rows, Place start, int size)
    {
        var (balance, end, lines) = (start.Balance, start, new List<Line>());
        foreach (var row in rows.Take(size))
        {
            balance += row.Amount;
            end = new Place(row.Day, row.Journal, row.Number, balance);
            lines.Add(new(row.Day, row.Journal, row.Amount, ReportMoment.Minor(balance), row.Memo, row.BookedAt, row.EventId));
        }

        return new Page<Line>(lines, rows.Count > size ? Cursor.Encode(end.ToString()) : null);
    }

    private static async Task<BalanceAt> BalanceAsync(NpgsqlConnection connection, Guid id, DateOnly day, CancellationToken ct) =>
        (await BalanceStore.AsOfAsync(connection, [new AccountId(id)], day, ct)).Single();

    private static Task<List<Row>> RowsAsync(NpgsqlCommand lines, CancellationToken ct) =>
        lines.ListAsync(
            r => new Row(
                r.GetFieldValue<DateOnly>(0), r.GetGuid(1), r.GetInt64(2), r.GetInt64(3), r.GetString(4),
                r.GetFieldValue<DateTimeOffset>(5), r.GetGuid(6)),
            ct);
}
