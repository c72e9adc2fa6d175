using System.Diagnostics;
using Coop.Ledger.Exchange;
using Coop.Node.Database.Embedded;
using Coop.Node.Tests.Ledger;

namespace Coop.Node.Tests.Cli;

/// <summary><c>ledger export</c> as the real program, beside a node that runs.</summary>
[Collection(LedgerNode.Name)]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class LedgerVerbTests(LedgerNode ledger) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coop-ledger-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Export_WritesTheBooks_AndLeavesNoPart()
    {
        var chart = await ledger.NewChartAsync();
        (await ledger.Admin.JournalAsync((chart.Bank, 1234), (chart.Sales, -1234))).ExpectCreated();
        var path = Path.Combine(_folder.FullName, "books.journal");

        var result = await RunAsync("ledger", "export", "hledger", "--out", path);

        Assert.True(result.Succeeded, result.Output + result.Error);
        using var file = File.OpenText(path);
        var balances = HledgerJournal.Read(file).Balances;
        Assert.Contains(balances, b => b.Key.Commodity == chart.Unit && b.Value == 12.34m);
        Assert.Equal([path], Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public async Task Export_LeavesNothing_WhereItCannotWrite()
    {
        var result = await RunAsync("ledger", "export", "csv", "--out", Path.Combine(_folder.FullName, "no", "books.csv"));
        Assert.False(result.Succeeded);
        Assert.StartsWith("There is no file.", result.Error, StringComparison.Ordinal);
        Assert.Empty(_folder.GetFileSystemInfos());
    }

    [Fact]
    public async Task Import_TellsFirst_AndWritesWithApply_BesideTheNode()
    {
        var unit = await ledger.NewUnitAsync();
        var path = Path.Combine(_folder.FullName, "old.journal");
        await File.WriteAllTextAsync(path, $"2026-01-31 Opening\n    assets:till of {unit}  7.00 \"{unit}\"\n    equity:start of {unit}\n", TestContext.Current.CancellationToken);
        var before = await ledger.FootprintAsync();
        var dry = await RunAsync("ledger", "import", path);
        Assert.True(dry.Succeeded, dry.Output + dry.Error);
        Assert.Contains("Would import 2 balances", dry.Output, StringComparison.Ordinal);
        Assert.Equal(before, await ledger.FootprintAsync());

        var done = await RunAsync("ledger", "import", path, "--date", "2026-02-01", "--apply");
        Assert.True(done.Succeeded, done.Output + done.Error);
        Assert.Equal(700, await ledger.CountAsync("SELECT b.balance_minor FROM ledger_balances b JOIN ledger_accounts a ON a.id = b.account_id WHERE a.name = $1", $"till of {unit}"));
        var again = await RunAsync("ledger", "import", path, "--apply");
        Assert.False(again.Succeeded);
        Assert.Contains("in the books already", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statement_BringsABanksLines_ToTheAccountOfACode()
    {
        var unit = await ledger.NewUnitAsync();
        (await ledger.Admin.TryOpenAsync(new { name = "Giro", unit, type = "asset", code = $"G-{unit}" })).ExpectCreated();
        var path = Path.Combine(_folder.FullName, "bank.csv");
        await File.WriteAllTextAsync(path, "Tag;Betrag\n01.02.2026;5,00\n02.02.2026;-1,00\n", TestContext.Current.CancellationToken);
        const string columns = "date=Tag;amount=Betrag;dateFormat=dd.MM.yyyy;decimalMark=,;separator=semicolon";
        var first = await RunAsync("ledger", "statement", $"G-{unit}", path, "--csv", columns);
        Assert.True(first.Succeeded, first.Output + first.Error);
        Assert.Contains("2 new lines, 0 known", first.Output, StringComparison.Ordinal);
        var wrong = await RunAsync("ledger", "statement", $"G-{unit}", path, "--csv", "tag=Tag");
        Assert.False(wrong.Succeeded);
        Assert.Contains("Nothing was imported.", wrong.Error, StringComparison.Ordinal);
        Assert.False((await RunAsync("ledger", "statement", "no-such", path)).Succeeded);
    }

    private Task<Command.Result> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Coop.Node.dll"), .. arguments]);
        start.Environment["COOP_DATABASE"] = ledger.Node.Database.ConnectionString;
        start.Environment["COOP_DATA"] = ledger.Node.DataFolder.FullName;
        return Command.RunAsync(start, TestContext.Current.CancellationToken);
    }
}
