using System.Globalization;

namespace Coop.Bench;

/// <summary>The command line: names of the parts to run (default all), and <c>--scale=0.1</c> for a short run.</summary>
/// <param name="Parts">Empty for all.</param>
/// <param name="Scale">Multiplies durations and sizes.</param>
internal sealed record BenchOptions(IReadOnlySet<string> Parts, double Scale)
{
    private const string ScaleOption = "--scale=";

    public TimeSpan Short => TimeSpan.FromSeconds(2 * Scale);

    public TimeSpan Long => TimeSpan.FromSeconds(10 * Scale);

    public static BenchOptions Parse(string[] args)
    {
        var scale = args.FirstOrDefault(a => a.StartsWith(ScaleOption, StringComparison.Ordinal));
        return new(
            args.Where(a => !a.StartsWith('-')).ToHashSet(StringComparer.Ordinal),
            scale is null ? 1 : double.Parse(scale[ScaleOption.Length..], CultureInfo.InvariantCulture));
    }

    public bool Wants(string part) => Parts.Count == 0 || Parts.Contains(part);

    public int Count(int full) => Math.Max(1, (int)(full * Scale));
}
