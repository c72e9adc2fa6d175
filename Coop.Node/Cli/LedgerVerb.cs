using System.CommandLine;
using System.Globalization;
using Coop.Ledger.Exchange;
using Coop.Node.Database;
using Coop.Node.Features.Ledger.Audit;
using Coop.Node.Features.Ledger.Reports;
using Command = System.CommandLine.Command;

namespace Coop.Node.Cli;

/// <summary>
/// <c>ledger export FORMAT</c>: the books as a file, out of the node's own database, whether or not the node runs. Exit
/// code 0 when the file is whole, 1 when there is none.
/// </summary>
internal static class LedgerVerb
{
    private const string Audit = "audit";

    private static readonly Dictionary<string, Func<IBookFormat>> Formats = new(StringComparer.Ordinal)
    {
        ["hledger"] = () => new HledgerFormat(),
        ["beancount"] = () => new BeancountFormat(),
        ["csv"] = () => new CsvFormat(),
    };

    private static readonly Argument<string> Format = new("FORMAT")
    {
        Description = $"One of {string.Join(", ", Formats.Keys)}; or {Audit}, for `audit --books`",
    };

    private static readonly Option<string> Out = new("--out") { Description = "The file to write", HelpName = "FILE", Required = true };

    public static Command Create()
    {
        Format.AcceptOnlyFromAmong([.. Formats.Keys, Audit]);
        var export = new Command("export", "Write the books into a file") { Format, Out };
        export.SetAction(RunAsync);
        return new Command("ledger", "The co-op's books") { export, LedgerImportVerb.Import(), LedgerImportVerb.Statement() };
    }

    private static Task<int> RunAsync(ParseResult parsed, CancellationToken ct) => LedgerDesk.RunAsync(
        "There is no file.",
        async transactions =>
        {
            var path = parsed.GetValue(Out)!;
            var count = await WriteAsync(transactions, parsed.GetValue(Format)!, path, ct);
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{path} holds {count:N0} journals."));
        },
        ct);

    /// <summary>Under another name until it is whole, so that nobody takes a part for the books.</summary>
    private static async Task<long> WriteAsync(Transactions transactions, string format, string path, CancellationToken ct)
    {
        var part = path + ".part";
        try
        {
            var count = await transactions.SnapshotAsync(
                async (connection, token) =>
                {
                    await using var file = File.Create(part);
                    return format == Audit
                        ? await BooksFile.WriteAsync(connection, file, new Line(), token)
                        : await BookExport.WriteAsync(
                            await BookReader.AllAsync(connection, token), Formats[format](), file, new Line(), token);
                },
                ct);
            File.Move(part, path, overwrite: true);
            return count;
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>How far it is, on standard error where somebody looks.</summary>
    private sealed class Line : IProgress<long>
    {
        public void Report(long value)
        {
            if (!Console.IsErrorRedirected)
            {
                Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{value:N0} journals "));
            }
        }
    }
}
