using Coop.Ledger.Exchange;
using Coop.Node.Database;
using Coop.Node.Http;
using Coop.Node.Log;
using Microsoft.AspNetCore.Mvc;

namespace Coop.Node.Features.Ledger.Reports;

/// <summary>GET /api/ledger/export/{format}: the books as a file, as of the moment of the request, streamed.</summary>
public static class ExportBooks
{
    /// <summary>What a SAF-T file asks for and the node does not know.</summary>
    /// <param name="Unit">The currency; its accounts and lines alone are in the file.</param>
    /// <param name="From">The first day, 1970 or later.</param>
    /// <param name="To">The last day, 2100 or earlier.</param>
    /// <param name="Company">The co-op's name.</param>
    /// <param name="Registration">Its number at its authority.</param>
    /// <param name="Country">ISO 3166-1, two letters.</param>
    /// <param name="City">Of its address.</param>
    /// <param name="PostalCode">Of its address.</param>
    /// <param name="Contact">A person whom the authority may ask.</param>
    public sealed record SaftQuery(
        [FromQuery(Name = "unit")] string Unit,
        [FromQuery(Name = "from")] DateOnly From,
        [FromQuery(Name = "to")] DateOnly To,
        [FromQuery(Name = "company")] string Company,
        [FromQuery(Name = "registration")] string Registration,
        [FromQuery(Name = "country")] string Country,
        [FromQuery(Name = "city")] string City,
        [FromQuery(Name = "postalCode")] string PostalCode,
        [FromQuery(Name = "contact")] string Contact);

    public static void Map(IEndpointRouteBuilder ledger)
    {
        Plain(ledger, "hledger", "Export the books as an hledger journal", "text/plain; charset=utf-8", "books.journal", () => new HledgerFormat());
        Plain(ledger, "beancount", "Export the books as a Beancount file", "text/plain; charset=utf-8", "books.beancount", () => new BeancountFormat());
        Plain(ledger, "csv", "Export the postings as CSV", "text/csv; charset=utf-8", "books.csv", () => new CsvFormat());
        ledger.MapGet("/export/saft", SaftAsync)
            .RequireReader(Roles.Admin, Roles.Treasurer)
            .WithSummary("Export one currency over some days as SAF-T 2.0")
            .Produces<string>(StatusCodes.Status200OK, "application/xml");
    }

    private static void Plain(
        IEndpointRouteBuilder ledger, string name, string summary, string mediaType, string file, Func<IBookFormat> format) =>
        ledger.MapGet($"/export/{name}", (HttpContext http, Transactions transactions, CancellationToken ct) =>
                transactions.SnapshotAsync(
                    async (connection, token) =>
                    {
                        var books = await BookReader.AllAsync(connection, token);
                        return await SendAsync(http, mediaType, file, books, format(), token);
                    },
                    ct))
            .RequireReader(Roles.Admin, Roles.Treasurer)
            .WithSummary(summary)
            .Produces<string>(StatusCodes.Status200OK, mediaType.Split(';')[0]);

    private static Task<IResult> SaftAsync(
        [AsParameters] SaftQuery query, HttpContext http, TimeProvider time, Transactions transactions, CancellationToken ct)
    {
        var unit = LedgerFields.Unit(query.Unit, "unit");
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var company = Company(query, today);
        RequireDays(query);
        return transactions.SnapshotAsync(
            async (connection, token) =>
            {
                var found = await BookReader.PeriodAsync(connection, unit, query.From, query.To, token)
                    ?? throw ProblemTypes.UnknownUnit.With($"{unit} is no unit of these books.");
                if (!SaftPeriod.CanSay(found.Period.Currency))
                {
                    throw Fields.Invalid("unit", "must be money with three letters and at most two decimals.");
                }

                using var format = new SaftFormat(company, found.Period);
                return await SendAsync(http, "application/xml", "books.xml", found.Books, format, token);
            },
            ct);
    }

    internal static SaftCompany Company(SaftQuery query, DateOnly today) => new(
        Fields.Text(query.Company, "company", 1, 70), Fields.Text(query.Registration, "registration", 1, 35),
        query.Country is [>= 'A' and <= 'Z', >= 'A' and <= 'Z'] ? query.Country : throw Fields.Invalid("country", "must be two capital letters."),
        Fields.Text(query.City, "city", 1, 35), Fields.Text(query.PostalCode, "postalCode", 1, 18),
        Fields.Text(query.Contact, "contact", 1, 70), WellKnownNode.Version, today);

    internal static void RequireDays(SaftQuery query)
    {
        if (query.From < SaftPeriod.Earliest || query.To > SaftPeriod.Latest || query.From > query.To)
        {
            throw Fields.Invalid("from", "and to must be days from 1970 to 2100, in this order.");
        }
    }

    private static async Task<IResult> SendAsync(
        HttpContext http, string mediaType, string file, BookExtract books, IBookFormat format, CancellationToken ct)
    {
        http.Response.ContentType = mediaType;
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{file}\"";
        await BookExport.WriteAsync(books, format, http.Response.Body, null, ct);
        return Results.Empty;
    }
}
