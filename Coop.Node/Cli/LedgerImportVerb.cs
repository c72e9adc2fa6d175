using System.CommandLine;
using System.Globalization;
using Coop.Ledger.Exchange;
using Coop.Node.Features.Banking;
using Coop.Node.Features.Ledger.Opening;

namespace Coop.Node.Cli;

/// <summary>
/// <c>ledger import FILE</c> and <c>ledger statement ACCOUNT FILE</c>: what other programs and banks wrote, into the node's own
/// database, whether or not the node runs. Exit code 0 when it is done or could be, 1 when it is refused.
/// </summary>
internal static class LedgerImportVerb
{
    private const int MaxJournalSizeBytes = 64 * 1024 * 1024;

    /// <summary>The operator of the node acts here, and no member.</summary>
    private const string Actor = "node";

    private static readonly Argument<string> File = new("FILE") { Description = "The file (- reads standard input)" };

    private static readonly Argument<string> AccountCode = new("ACCOUNT") { Description = "The account's code or id" };

    private static readonly Option<bool> Apply = new("--apply") { Description = "Write it into the books; without this only tell what would be done" };

    private static readonly Option<DateOnly?> Date = new("--date")
    {
        Description = "The day that the balances count for; the last transaction's when left out",
        HelpName = "yyyy-MM-dd",
        CustomParser = result => DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : Wrong(result),
    };

    private static readonly Option<string?> Csv = new("--csv")
    {
        Description = "The file is CSV; its columns, e.g. \"date=Tag;amount=Betrag;text=Zweck;dateFormat=dd.MM.yyyy;decimalMark=,;separator=semicolon\"",
        HelpName = "COLUMNS",
    };

    public static Command Import()
    {
        var command = new Command("import", "Bring the balances of an hledger journal into the books, as opening balances") { File, Date, Apply };
        command.SetAction((parsed, ct) => LedgerDesk.RunAsync(
            "Nothing was imported.",
            async transactions =>
            {
                var source = OpeningImport.Read(await InputFile.ReadAsync(parsed.GetValue(File)!, MaxJournalSizeBytes, ct), parsed.GetValue(Date));
                var isApplied = parsed.GetValue(Apply);
                var plan = isApplied
                    ? (await transactions.WriteAsync((scope, token) => OpeningImport.ApplyAsync(scope, Actor, null, source, token), ct)).Plan
                    : await transactions.SnapshotAsync((connection, token) => OpeningImport.PlanAsync(connection, source, token), ct);
                await TellAsync(plan, source.Day, isApplied);
            },
            ct));
        return command;
    }

    public static Command Statement()
    {
        var command = new Command("statement", "Bring a bank statement (CAMT.053, or CSV with --csv) to an account") { AccountCode, File, Csv };
        command.SetAction((parsed, ct) => LedgerDesk.RunAsync(
            "Nothing was imported.",
            async transactions =>
            {
                var content = await InputFile.ReadAsync(parsed.GetValue(File)!, ImportStatement.MaxRequestBytes, ct);
                var columns = parsed.GetValue(Csv);
                var request = new ImportStatement.Request(
                    columns is null ? ImportStatement.FileFormat.Camt053 : ImportStatement.FileFormat.Csv, content, columns is null ? null : CsvOption.Parse(columns));
                var statements = ImportStatement.Read(request);
                var views = await transactions.WriteAsync(
                    async (scope, token) => await StatementImport.RunAsync(
                        scope, Actor, await StatementImport.AccountAsync(scope, parsed.GetValue(AccountCode)!, token), ImportStatement.KeyOf(content), statements, token),
                    ct);
                foreach (var view in views)
                {
                    await Console.Out.WriteLineAsync(string.Create(
                        CultureInfo.InvariantCulture, $"Statement {view.BankId}, {view.From:yyyy-MM-dd} to {view.To:yyyy-MM-dd}: {view.Lines} new lines, {view.Duplicates} known."));
                }
            },
            ct));
        return command;
    }

    private static async Task TellAsync(OpeningPlan plan, DateOnly day, bool isApplied)
    {
        foreach (var account in plan.Accounts)
        {
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{account.AmountMinor,20} {account.Unit,-12} {account.Type,-9} {account.Name}{(account.Existing is null ? " (new)" : "")}"));
        }

        var opened = plan.Accounts.Count(a => a.Existing is null);
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{(isApplied ? "Imported" : "Would import")} {plan.Accounts.Count} balances in minor units as of {day:yyyy-MM-dd}, with {opened} new accounts and {plan.Journals.Count} journals.{(isApplied ? "" : " Nothing is written without --apply.")}"));
    }

    private static DateOnly? Wrong(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError("Write the day as yyyy-MM-dd.");
        return null;
    }
}
