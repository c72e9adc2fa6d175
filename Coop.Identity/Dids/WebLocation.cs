using System.Globalization;
using System.Text.RegularExpressions;

namespace Coop.Identity.Dids;

/// <summary>
/// Where did:web and did:webvh say that their files lie: a domain, perhaps a port (its colon written
/// <c>%3A</c>), and path segments, parted by colons.
/// </summary>
/// <remarks>
/// No IP addresses, as both methods rule. A domain of one label is refused except <c>localhost</c>. An
/// internationalised domain is written in its <c>xn--</c> form.
/// </remarks>
internal sealed partial class WebLocation
{
    private readonly string _host;
    private readonly int? _port;
    private readonly string[] _segments;

    private WebLocation(string host, int? port, string[] segments)
    {
        _host = host;
        _port = port;
        _segments = segments;
    }

    /// <summary>Whether the domain is this machine's own, which only development uses.</summary>
    public bool IsLocal => _host == "localhost";

    /// <param name="identifier">E.g. <c>coop.example%3A8443:path:to</c>.</param>
    /// <exception cref="DidException">It names no domain, or an address, or an impossible path.</exception>
    public static WebLocation Parse(string identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        var parts = identifier.Split(':');
        return Authority.Match(parts[0]) is { Success: true } match
            ? new WebLocation(Host(match.Groups["host"].Value), Port(match.Groups["port"]), [.. parts[1..].Select(Segment)])
            : throw Invalid("This DID names no domain.");
    }

    /// <summary>The address of a file: under <c>/.well-known/</c> where the DID has no path.</summary>
    /// <param name="file">E.g. <c>did.json</c>.</param>
    /// <param name="isPlain">http instead of https; for this machine alone.</param>
    public Uri Address(string file, bool isPlain = false)
    {
        var port = _port is { } number ? ":" + number.ToString(CultureInfo.InvariantCulture) : "";
        var path = _segments.Length == 0 ? ".well-known" : string.Join('/', _segments);
        return new Uri($"{(isPlain ? "http" : "https")}://{_host}{port}/{path}/{file}");
    }

    /// <summary>The domain alone, e.g. to ask DNS about.</summary>
    public string Domain => _host;

    private static string Host(string host) =>
        (host == "localhost" || host.Contains('.', StringComparison.Ordinal))
        && host.Length <= 253
        && !IsNumber(host.Split('.')[^1])
            ? host.ToLowerInvariant()
            : throw Invalid("This DID names no domain; addresses and single words are none.");

    // What ends in a number is an IPv4 address in one of its many spellings (URL Standard, section 3.5).
    private static bool IsNumber(string label) =>
        label.All(char.IsAsciiDigit)
        || (label.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && label[2..].All(char.IsAsciiHexDigit));

    private static int? Port(Group port) => !port.Success
        ? null
        : int.TryParse(port.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is > 0 and <= 65_535
            ? number
            : throw Invalid("This DID names an impossible port.");

    private static string Segment(string segment)
    {
        var text = Uri.UnescapeDataString(segment);
        return text is "" or "." or ".." || text.Any(c => c is '/' or '\\' or '\uFFFD' || char.IsControl(c))
            ? throw Invalid("This DID has an impossible path.")
            : Uri.EscapeDataString(text);
    }

    private static DidException Invalid(string message) =>
        new(DidError.InvalidDid, DidCodes.InvalidIdentifier, message);

    [GeneratedRegex(
        @"^(?<host>[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?)*)(?:%3[Aa](?<port>[1-9][0-9]{0,4}))?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Authority { get; }
}
