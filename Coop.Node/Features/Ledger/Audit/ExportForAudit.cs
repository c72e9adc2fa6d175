using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Ledger.Audit;

/// <summary>GET /api/ledger/export/audit: what an auditor needs to keep the books again, for <c>audit --books</c>.</summary>
public static class ExportForAudit
{
    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.MapGet("/export/audit", (HttpContext http, Transactions transactions, CancellationToken ct) =>
                transactions.SnapshotAsync(
                    async (connection, token) =>
                    {
                        http.Response.ContentType = BooksFile.MediaType;
                        http.Response.Headers.ContentDisposition = "attachment; filename=\"books.audit\"";
                        await BooksFile.WriteAsync(connection, http.Response.Body, null, token);
                        return Results.Empty;
                    },
                    ct))
            .RequireReader(Roles.Admin, Roles.Treasurer)
            .WithSummary("Export the books for an audit")
            .Produces<string>(StatusCodes.Status200OK, BooksFile.MediaType);
}
