using System.Text.RegularExpressions;
using Coop.Node.Http;

namespace Coop.Node.Tests.Http;

public sealed partial class ProblemTypesTests
{
    private const string Page = "specs/problems.md";

    [Fact]
    public async Task Registry_IsWhatThePageDocuments()
    {
        var page = await File.ReadAllTextAsync(
            RepositoryFile.PathOf(Page), TestContext.Current.CancellationToken);
        var documented = Row().Matches(page)
            .Select(m => $"{m.Groups["code"].Value} {m.Groups["status"].Value} {m.Groups["title"].Value}")
            .ToList();
        var registered = ProblemTypes.All.Select(t => $"{t.Code} {t.Status} {t.Title}").ToList();

        Assert.Empty(registered.Except(documented));
        Assert.Empty(documented.Except(registered));
        Assert.Equal(documented.Count, documented.Distinct().Count());
    }

    [Fact]
    public void Codes_AreUnique_AndKebabCase()
    {
        var codes = ProblemTypes.All.Select(t => t.Code).ToList();
        Assert.Equal(codes.Count, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Matches("^[a-z]+(-[a-z]+)*$", code));
    }

    [GeneratedRegex(@"^\| `(?<code>[^`]+)` \| (?<status>\d+) \| (?<title>[^|]+) \| [^|]*\|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
