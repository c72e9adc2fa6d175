using System.Text.RegularExpressions;

namespace Coop.Federation.Audit;

/// <summary>The names of <see cref="FindingCode"/> in JSON and in specs/log-audit.md, e.g. <c>entry-changed</c>.</summary>
public static partial class FindingCodes
{
    private static readonly Dictionary<FindingCode, string> Names =
        Enum.GetValues<FindingCode>().ToDictionary(c => c, c => NameOf(c.ToString()));

    public static string Name(FindingCode code) => Names[code];

    /// <summary>A name of C# as codes are spelled.</summary>
    public static string NameOf(string name) => WordStart().Replace(name, "-$0").ToLowerInvariant();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex WordStart();
}
