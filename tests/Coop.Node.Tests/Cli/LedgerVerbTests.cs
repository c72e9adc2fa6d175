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

    private Task<Command.Result> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Coop.Node.dll"), .. arguments]);
        start.Environment["COOP_DATABASE"] = ledger.Node.Database.ConnectionString;
        start.Environment["COOP_DATA"] = ledger.Node.DataFolder.FullName;
        return Command.RunAsync(start, TestContext.Current.CancellationToken);
    }
}
