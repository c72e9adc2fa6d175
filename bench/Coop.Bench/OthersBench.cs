using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Coop.Bench;

/// <summary>The same work by the packages of others (tests/judges), which need <c>npm ci</c> there.</summary>
internal static class OthersBench
{
    public static async IAsyncEnumerable<Figure> RunAsync(TimeSpan duration)
    {
        var start = new ProcessStartInfo("node", ["bench.mjs", duration.TotalSeconds.ToString(CultureInfo.InvariantCulture)])
        {
            WorkingDirectory = Path.Combine(Environment.CurrentDirectory, "tests", "judges"),
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            using var figure = JsonDocument.Parse(line);
            var name = figure.RootElement.GetProperty("name").GetString()!;
            yield return new(name, figure.RootElement.GetProperty("value").GetDouble(), "1/s");
        }

        await process.WaitForExitAsync();
    }
}
