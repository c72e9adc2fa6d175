using System.Security.Cryptography;
using System.Text;
using Coop.Ledger.Banking;
using Coop.Ledger.Exchange;
using Coop.Node.Database;
using Coop.Node.Http;
using Microsoft.AspNetCore.Mvc;

namespace Coop.Node.Features.Banking;

/// <summary>POST /api/ledger/accounts/{id}/bank-statements: takes a file of the bank; what it brought before is known.</summary>
public static class ImportStatement
{
    public const int MaxRequestBytes = 16 * 1024 * 1024;

    /// <param name="Format">What the file is.</param>
    /// <param name="Content">The file's text.</param>
    /// <param name="Columns">For CSV: how the bank writes it.</param>
    public sealed record Request(FileFormat Format, string Content, Columns? Columns = null);

    /// <summary>What banks write.</summary>
    public enum FileFormat
    {
        /// <summary>ISO 20022 camt.053.001, any version.</summary>
        Camt053,

        /// <summary>A table of the bank's own.</summary>
        Csv,
    }

    /// <summary>Columns by the names in the file's head row.</summary>
    /// <param name="Date">Of the booking date.</param>
    /// <param name="Amount">Of the amount, negative where money went out.</param>
    /// <param name="DateFormat">E.g. <c>dd.MM.yyyy</c>.</param>
    /// <param name="DecimalMark">A point or a comma.</param>
    /// <param name="Separator">A comma, a semicolon or a tab.</param>
    /// <param name="ValueDate">Of the value date.</param>
    /// <param name="Reference">Of the reference.</param>
    /// <param name="Counterparty">Of the other side's name.</param>
    /// <param name="Text">Of the purpose.</param>
    /// <param name="BankReference">Of the bank's own reference.</param>
    /// <param name="Currency">Of the currency.</param>
    public sealed record Columns(
        string Date, string Amount, string DateFormat = "yyyy-MM-dd", string DecimalMark = ".", string Separator = ",",
        string? ValueDate = null, string? Reference = null, string? Counterparty = null, string? Text = null,
        string? BankReference = null, string? Currency = null)
    {
        internal CsvColumns ToCsv() => new(
            Name(Date, "date")!, Name(Amount, "amount")!, Fields.Text(DateFormat, "dateFormat", 1, 20),
            Fields.OneOf(DecimalMark, "decimalMark", [".", ","])[0], Fields.OneOf(Separator, "separator", [",", ";", "\t"])[0],
            Name(ValueDate, "valueDate"), Name(Reference, "reference"), Name(Counterparty, "counterparty"), Name(Text, "text"),
            Name(BankReference, "bankReference"), Name(Currency, "currency"));

        private static string? Name(string? column, string field) => column is null ? null : Fields.Text(column, field, 1, 100);
    }

    /// <param name="Statements">In the order of the file, without those that hold no line.</param>
    public sealed record Response(IReadOnlyList<StatementView> Statements);

    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.MapPost("/accounts/{id:guid}/bank-statements", HandleAsync)
            .RequireRole(Roles.Admin, Roles.Treasurer)
            .WithMetadata(new RequestSizeLimitAttribute(MaxRequestBytes))
            .WithSummary("Import a file of the bank")
            .Produces<Response>(StatusCodes.Status201Created);

    private static async Task<IResult> HandleAsync(
        Guid id, Request request, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        var statements = Read(request);
        var answer = await transactions.WriteAsync(
            (scope, token) => StatementImport.RunAsync(scope, me.Actor, id, KeyOf(request.Content), statements, token), ct);
        return Results.Created($"/api/ledger/accounts/{id}/bank-statements", new Response(answer));
    }

    /// <summary>By what a file is known again.</summary>
    internal static string KeyOf(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    /// <summary>The file's statements.</summary>
    /// <exception cref="RefusalException">It cannot be read.</exception>
    internal static IReadOnlyList<BankStatement> Read(Request request)
    {
        if ((request.Format == FileFormat.Csv) != (request.Columns is not null))
        {
            throw Fields.Invalid("columns", "goes with the format csv, and with no other.");
        }

        try
        {
            return request.Columns is { } columns
                ? [CsvStatement.Read(request.Content, columns.ToCsv())]
                : Camt053.Read(new MemoryStream(Encoding.UTF8.GetBytes(WithoutEncoding(request.Content))));
        }
        catch (ExchangeException e)
        {
            throw ProblemTypes.BankFileUnreadable.With(e.Message);
        }
    }

    /// <summary>The file came as text, so that whatever encoding its first line names is over.</summary>
    private static string WithoutEncoding(string xml)
    {
        var text = xml.TrimStart('\uFEFF');
        var end = text.StartsWith("<?xml", StringComparison.Ordinal) ? text.IndexOf("?>", StringComparison.Ordinal) : -1;
        return end < 0 ? text : text[(end + 2)..];
    }
}
