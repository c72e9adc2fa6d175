using System.Globalization;
using System.Net;

namespace Coop.Node.Cli.Report;

/// <summary>
/// Text that is HTML already. Whatever else is put into it is escaped, since most of what a report tells is
/// others' text.
/// </summary>
internal readonly record struct Html(string Text)
{
    public static Html Empty { get; } = new("");

    /// <summary>A template whose holes are escaped, unless they are HTML themselves; numbers are written invariantly.</summary>
    public static Html Of(FormattableString template)
    {
        var holes = template.GetArguments().Select(a => (object)Escape(a)).ToArray();
        return new(string.Format(CultureInfo.InvariantCulture, template.Format, holes));
    }

    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts.Select(p => p.Text)));

    public override string ToString() => Text;

    private static string Escape(object? value) => value switch
    {
        Html html => html.Text,
        double number => number.ToString("0.##", CultureInfo.InvariantCulture),
        IFormattable formattable => WebUtility.HtmlEncode(formattable.ToString(null, CultureInfo.InvariantCulture)),
        _ => WebUtility.HtmlEncode(Plain(value?.ToString() ?? "")),
    };

    // Characters that steer a terminal, or the direction of what stands beside them, have no place in a report.
    private static string Plain(string text) => string.Concat(text.Select(c =>
        char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format ? '\uFFFD' : c));
}
