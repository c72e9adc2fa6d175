using System.Globalization;
using System.Text.RegularExpressions;

namespace Coop.Identity.Dids.WebVh;

/// <summary>Times as did:webvh writes them: ISO 8601 in UTC, to the second or with up to three decimals.</summary>
internal static partial class WebVhTime
{
    public static bool TryParse(string? text, out DateTimeOffset time)
    {
        time = default;
        return text is not null
            && Pattern.IsMatch(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }

    /// <summary>To the second, or to the millisecond where that is needed to come after another time.</summary>
    /// <exception cref="DidException">Even so it does not come after.</exception>
    public static string WriteAfter(DateTimeOffset time, DateTimeOffset? previous)
    {
        foreach (var format in (string[])["yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-ddTHH:mm:ss.fffZ"])
        {
            var text = time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
            if (previous is null || (TryParse(text, out var written) && written > previous))
            {
                return text;
            }
        }

        throw new DidException(
            DidError.InvalidHistory, WebVhCodes.TimeOrder, "The new entry must be later than the one before.");
    }

    [GeneratedRegex(
        @"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,3})?(?:Z|\+00:00)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern { get; }
}
