using System.Text.Json;
using Microsoft.Playwright;

namespace Coop.EndToEnd.Tests.Browser;

/// <summary>The page as axe-core judges it, by the rules of WCAG 2.2 A and AA and by best practice.</summary>
public static class Accessibility
{
    private const string Run = """
        async () => {
          const { violations } = await axe.run(document, {
            runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
          });
          return violations.map(({ id, help, nodes }) =>
            `${id}: ${help}: ${nodes.map((node) => node.html + ' ' + node.any.map((check) => check.message)).join(' | ')}`);
        }
        """;

    private static readonly Lazy<string> Axe = new(() => File.ReadAllText(
        Path.Combine(Repository.Web, "node_modules", "axe-core", "axe.min.js")));

    /// <summary>Every violation in one line each; none on a good page.</summary>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(IPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        // Evaluated by the developer tools, since the page's own policy rightly refuses inline scripts.
        await page.EvaluateAsync("() => { " + Axe.Value + "\n}");
        var violations = await page.EvaluateAsync<JsonElement>(Run);
        return [.. violations.EnumerateArray().Select(v => v.GetString()!)];
    }

    /// <summary>How far the page reaches beyond its window's width, in CSS pixels; 0 is right.</summary>
    public static Task<int> OverflowAsync(IPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return page.EvaluateAsync<int>(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }
}
