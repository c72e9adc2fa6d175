using System.Text.RegularExpressions;
using Coop.Node.Database.Migrations;

namespace Coop.Node.Tests.Database.Dialect;

public sealed partial class MigrationFileTests
{
    [Fact]
    public void EachIsNumberedOnceAndNamed()
    {
        Assert.All(Migration.All, m => Assert.Matches(NamePattern, m.Name));
        Assert.Distinct(Migration.All.Select(m => m.Name[..NumberLength]));
    }

    [Fact]
    public void AllAreInTheProgram()
    {
        var folder = Path.Combine(SourceCode.RepositoryRoot, "Coop.Node", "Database", "Migrations");
        var files = Directory.EnumerateFiles(folder, "*.sql").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal);
        Assert.Equal(files, Migration.All.Select(m => m.Name));
    }

    private static readonly int NumberLength = "V0000".Length;

    [GeneratedRegex(@"^V\d{4}__[a-z][a-z0-9_]*\.sql$")]
    private static partial Regex NamePattern { get; }
}
