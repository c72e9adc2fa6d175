using Spectre.Console;

namespace Coop.Node.Cli;

/// <summary>The lines in which verbs tell people what they found.</summary>
internal static class ConsoleLines
{
    /// <summary>Keys and hashes are copied from here, so lines are broken by the terminal and never by us.</summary>
    public const int Width = 4096;

    public static void Row(this IAnsiConsole console, string name, string value)
    {
        console.MarkupInterpolated($"  [grey]{name,-12}[/]");
        console.WriteLine(Plain(value));
    }

    // As text and not as markup, in which "did:key:" would become a picture of a key.
    public static void Line(this IAnsiConsole console, string text) => console.WriteLine("  " + Plain(text));

    // Much of the text is others', which must not steer the reader's terminal.
    private static string Plain(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c));
}
