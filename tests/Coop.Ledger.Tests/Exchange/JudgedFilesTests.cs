using System.Globalization;
using Coop.Ledger.Exchange;

namespace Coop.Ledger.Tests.Exchange;

/// <summary>Files that hledger and Beancount accept, and of which they make the balances that the books have.</summary>
public sealed class JudgedFilesTests : IDisposable
{
    private const int Seed = 20261123;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coop-exchange-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Hledger_AcceptsTheFile_AndFindsTheSameBalances()
    {
        var books = new RandomBooks(Seed, 300);
        var file = await WriteAsync(books.Extract(), new HledgerFormat(), "books.journal");
        await OutsideTool.RunAsync("hledger", "-f", file, "check", "--strict");
        var table = await OutsideTool.RunAsync("hledger", "-f", file, "balance", "--flat", "--empty", "--no-total", "-O", "csv", "--layout=bare");
        var theirs = Csv(table).Skip(1).ToDictionary(r => (r[0], r[1]), r => decimal.Parse(r[2], CultureInfo.InvariantCulture));
        Assert.Equal(Balances(books, a => HledgerName(file, a)), theirs.Where(t => t.Value != 0).OrderBy(t => t.Key).ToList());
    }

    [Fact]
    public async Task Hledger_RefusesTheFile_WhenAnAmountWasChanged()
    {
        var file = await WriteAsync(new RandomBooks(Seed, 20).Extract(), new HledgerFormat(), "books.journal");
        // A whole transaction less: each balances, the asserted balances do not.
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        var first = text.IndexOf("\n\n2", StringComparison.Ordinal);
        var second = text.IndexOf("\n\n2", first + 2, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, text.Remove(first, second - first), TestContext.Current.CancellationToken);
        var (exitCode, output) = await OutsideTool.TryAsync("hledger", "-f", file, "check");
        Assert.NotEqual(0, exitCode);
        Assert.Contains("assertion", output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Beancount_AcceptsTheFile_AndFindsTheSameBalances()
    {
        var books = new RandomBooks(Seed, 300);
        var file = await WriteAsync(books.Extract(), new BeancountFormat(), "books.beancount");
        Assert.Equal("", await OutsideTool.RunAsync("bean-check", file));
        var table = await OutsideTool.RunAsync(
            "bean-query", "-f", "csv", "-m", file, "SELECT account, currency, sum(number) AS n GROUP BY account, currency");
        var theirs = Csv(table).Skip(1).ToDictionary(
            r => (r[0].Trim(), r[1].Trim()), r => decimal.Parse(r[2], NumberStyles.Float, CultureInfo.InvariantCulture));
        var ours = Balances(books, a => BeancountName(file, a));
        Assert.Equal(
            ours.Select(o => ((o.Key.Item1, o.Key.Item2 == "1SHARE" ? "U.1SHARE" : o.Key.Item2), o.Value)).Order(),
            theirs.Where(t => t.Value != 0).Select(t => (t.Key, t.Value)).Order());
    }

    [Fact]
    public async Task Beancount_RefusesTheFile_WhenABalanceIsAnother()
    {
        var books = new RandomBooks(Seed, 20);
        var extract = books.Extract();
        var wrong = new Dictionary<Ledger.Accounts.AccountId, long>(extract.BalancesMinor);
        wrong[books.Entries[0].Lines[0].Account]++;
        var file = await WriteAsync(extract with { BalancesMinor = wrong }, new BeancountFormat(), "books.beancount");
        var (_, output) = await OutsideTool.TryAsync("bean-check", file);
        Assert.Contains("Balance failed", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hledger_AcceptsTheFile_OfEmptyBooks()
    {
        var file = await WriteAsync(
            new BookExtract([], [], AsyncEnumerable.Empty<BookEntry>(), new Dictionary<Ledger.Accounts.AccountId, long>()), new HledgerFormat(), "empty.journal");
        await OutsideTool.RunAsync("hledger", "-f", file, "check", "--strict");
    }

    /// <summary>What this reader makes of a journal is what hledger makes of it.</summary>
    [Fact]
    public async Task OwnReader_FindsTheBalancesThatHledgerFinds()
    {
        var file = await WriteAsync(new RandomBooks(Seed + 1, 200).Extract(), new HledgerFormat(), "books.journal");
        using var text = File.OpenText(file);
        var ours = HledgerJournal.Read(text);
        var table = await OutsideTool.RunAsync("hledger", "-f", file, "balance", "--flat", "--no-total", "-O", "csv", "--layout=bare");
        var theirs = Csv(table).Skip(1).ToDictionary(r => (r[0], r[1]), r => decimal.Parse(r[2], CultureInfo.InvariantCulture));
        Assert.Equal(201, ours.TransactionCount);
        Assert.Equal(theirs.Where(t => t.Value != 0).OrderBy(t => t.Key).ToList(), ours.Balances.OrderBy(b => b.Key).ToList());
    }

    private async Task<string> WriteAsync(BookExtract books, IBookFormat format, string name)
    {
        var path = Path.Combine(_folder.FullName, name);
        await using var file = File.Create(path);
        await BookExport.WriteAsync(books, format, file, null, TestContext.Current.CancellationToken);
        return path;
    }

    private static List<KeyValuePair<(string, string), decimal>> Balances(RandomBooks books, Func<BookAccount, string> name)
    {
        var sums = books.Entries.SelectMany(e => e.Lines).ToLookup(l => l.Account, l => l.AmountMinor);
        return [.. books.Accounts
            .Select(a => KeyValuePair.Create((name(a), a.Unit.Code.Value), decimal.Parse(Decimals.Text(sums[a.Id].Sum(), a.Unit.Scale), CultureInfo.InvariantCulture)))
            .Where(b => b.Value != 0).OrderBy(b => b.Key)];
    }

    private static string HledgerName(string file, BookAccount account)
    {
        var line = File.ReadLines(file).Single(l => l.StartsWith("account ", StringComparison.Ordinal) && l.EndsWith($"id:{account.Id}", StringComparison.Ordinal));
        return line["account ".Length..line.IndexOf("  ;", StringComparison.Ordinal)];
    }

    private static string BeancountName(string file, BookAccount account)
    {
        var lines = File.ReadAllLines(file);
        return lines[Array.IndexOf(lines, $"  id: \"{account.Id}\"") - 2].Split(' ')[2];
    }

    private static IEnumerable<string[]> Csv(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Fields);

    private static string[] Fields(string line)
    {
        var fields = new List<string> { "" };
        var isQuoted = false;
        foreach (var c in line.TrimEnd('\r').Replace("\"\"", "\u0001", StringComparison.Ordinal))
        {
            isQuoted ^= c == '"';
            if (c == ',' && !isQuoted)
            {
                fields.Add("");
            }
            else if (c != '"')
            {
                fields[^1] += c == '\u0001' ? '"' : c;
            }
        }

        return [.. fields];
    }
}
