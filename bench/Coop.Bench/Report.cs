using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Coop.Bench;

/// <summary>The figures of one run: a table for people, then JSON for machines.</summary>
internal sealed class Report
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly List<Figure> _figures = [];

    public bool AllGoalsMet => _figures.All(f => f.Met != false);

    public void Add(IEnumerable<Figure> figures)
    {
        foreach (var figure in figures)
        {
            Add(figure);
        }
    }

    public async Task AddAsync(IAsyncEnumerable<Figure> figures)
    {
        await foreach (var figure in figures)
        {
            Add(figure);
        }
    }

    public void Print(TextWriter output)
    {
        var table = new Table().AddColumns("Figure", "Value", "Unit", "Goal", "");
        table.Columns[1].RightAligned();
        foreach (var f in _figures)
        {
            table.AddRow(
                Markup.Escape(f.Name),
                f.Value.ToString(f.Value < 100 ? "N2" : "N0", CultureInfo.InvariantCulture),
                f.Unit,
                f.Goal ?? "",
                f.Met switch { true => "met", false => "MISSED", null => "" });
        }

        AnsiConsole.Write(table);
        output.WriteLine(JsonSerializer.Serialize(_figures, Json));
    }

    // Long runs say what they have as they go.
    private void Add(Figure figure)
    {
        _figures.Add(figure);
        Console.Error.WriteLine($"{figure.Name}: {figure.Value.ToString("N2", CultureInfo.InvariantCulture)} {figure.Unit}");
    }
}
