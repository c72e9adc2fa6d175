using System.Text.RegularExpressions;
using Coop.Federation.Audit.Between;
using Coop.Federation.Tests.Audit.Between;
using Coop.Node.Cli.Report;

namespace Coop.Node.Tests.Audit;

/// <summary>The report of an audit of several nodes, as one HTML file.</summary>
public sealed partial class HtmlReportTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 30, 0, TimeSpan.Zero);

    [Fact]
    public async Task SaysTheVerdictFirst_AndShowsEveryNodeAndEveryPair()
    {
        var html = await WriteAsync(new PaperFederation(), "holds");
        var body = html[html.IndexOf("<main>", StringComparison.Ordinal)..];
        Assert.StartsWith("<header class=\"good\">", body["<main>".Length..].TrimStart(), StringComparison.Ordinal);
        Assert.Contains("The federation holds", body[..400], StringComparison.Ordinal);
        Assert.Equal(6, Regex.Count(body, "marker-end="));
        Assert.Equal(3, Regex.Count(body, "<article class=\"node good\">"));
        Assert.DoesNotContain("What was found", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ShowsTheLiar_WithTheProof()
    {
        var federation = new PaperFederation();
        var size = federation.Acorn.Entries.Count;
        federation.Acorn.Entries.RemoveRange(120, size - 120);
        federation.Acorn.AppendMany(size - 120, "journal.posted");
        var html = await WriteAsync(federation, "fault");
        Assert.Contains("<header class=\"bad\">", html, StringComparison.Ordinal);
        Assert.Contains("<h1>acorn signed two histories", html, StringComparison.Ordinal);
        Assert.Contains("<article class=\"node good\"><h3>birch</h3>", html, StringComparison.Ordinal);
        Assert.Contains("two-histories", html, StringComparison.Ordinal);
        Assert.Contains("from entry 120 on", html, StringComparison.Ordinal);
        Assert.Contains("coop/equivocation/v1", html, StringComparison.Ordinal);
        Assert.Contains("<article class=\"node bad\"><h3>acorn</h3>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NeedsNothingElse()
    {
        var html = await WriteAsync(new PaperFederation(), null);
        Assert.DoesNotMatch(Elsewhere(), html);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("{0} {} & co")]
    [InlineData("\u202Egnp.exe\u0007")]
    public async Task EscapesWhatOthersSay(string name)
    {
        var report = await new PaperFederation(3).AuditAsync();
        var node = report.Nodes[0];
        var named = node with
        {
            Node = node.Node! with { Name = name },
            Audit = node.Audit! with { Node = node.Node with { Name = name } },
        };
        var finding = new CrossFinding(CrossCode.PeeringKey, node.Origin, name, $"It says {name}.");
        var html = HtmlReport.Write(report with { Nodes = [named, .. report.Nodes.Skip(1)], Findings = [finding] }, Now);
        Assert.DoesNotContain(name.Contains('<', StringComparison.Ordinal) ? name : "\u202E", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        if (name.StartsWith('{'))
        {
            Assert.Contains("{0} {} &amp; co", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Draws_OneNode_Two_Many_AndNone()
    {
        Assert.All(new[] { 1, 2, 4, 9 }, count =>
        {
            var nodes = Enumerable.Range(0, count).Select(i =>
                new NodeReport(new Uri($"https://n{i}.example"), null, null, "It does not answer.", new(), null, [])).ToArray();
            var html = HtmlReport.Write(new FederationReport(nodes, [], []), Now);
            Assert.Contains("<header class=\"unsure\">", html, StringComparison.Ordinal);
            Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
            Assert.Equal(count, Regex.Count(html, "It does not answer."));
        });
    }

    private static async Task<string> WriteAsync(PaperFederation federation, string? name)
    {
        var html = HtmlReport.Write(await federation.AuditAsync(), Now);
        if (name is not null && Environment.GetEnvironmentVariable("COOP_PICTURES") is { Length: > 0 } folder)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, $"audit-{name}.html"), html, TestContext.Current.CancellationToken);
        }

        return html;
    }

    // Anything that a browser would fetch.
    [GeneratedRegex("""(src|srcset|href|action|data|poster)\s*=|url\((?!#)|@import""", RegexOptions.IgnoreCase)]
    private static partial Regex Elsewhere();
}
