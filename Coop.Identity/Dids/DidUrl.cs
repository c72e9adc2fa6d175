using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Coop.Identity.Dids;

/// <summary>
/// A DID URL (DID Core 1.0, section 3.2): <c>did:method:id</c> and, where given, path, query and fragment.
/// At most <see cref="MaxLength"/> characters.
/// </summary>
public sealed partial record DidUrl
{
    /// <summary>A did:jwk holds a whole key.</summary>
    public const int MaxLength = 4096;

    private readonly string _text;

    private DidUrl(string text, Match match)
    {
        _text = text;
        Did = match.Groups["did"].Value;
        Method = match.Groups["method"].Value;
        Identifier = match.Groups["id"].Value;
        Path = match.Groups["path"].Value;
        Query = match.Groups["query"] is { Success: true } query ? query.Value : null;
        Fragment = match.Groups["fragment"] is { Success: true } fragment ? fragment.Value : null;
    }

    /// <summary>The DID alone, e.g. <c>did:web:coop.example</c>.</summary>
    public string Did { get; }

    /// <summary>E.g. <c>web</c>.</summary>
    public string Method { get; }

    /// <summary>What follows the method, e.g. <c>coop.example</c>.</summary>
    public string Identifier { get; }

    /// <summary>Empty, or with its leading slash.</summary>
    public string Path { get; }

    /// <summary>Without the question mark; null where there is none.</summary>
    public string? Query { get; }

    /// <summary>Without the number sign; null where there is none.</summary>
    public string? Fragment { get; }

    /// <exception cref="DidException">The text is no DID URL.</exception>
    public static DidUrl Parse(string text) => TryParse(text, out var url)
        ? url
        : throw new DidException(DidError.InvalidDid, DidCodes.InvalidUrl, "This is not a DID or DID URL.");

    public static bool TryParse(string? text, [NotNullWhen(true)] out DidUrl? url)
    {
        url = null;
        if (text is not { Length: <= MaxLength } || Pattern.Match(text) is not { Success: true } match)
        {
            return false;
        }

        url = new DidUrl(text, match);
        return true;
    }

    /// <summary>The value of a parameter of the query, percent-decoded; null where it is missing.</summary>
    /// <exception cref="DidException">The query names it more than once.</exception>
    public string? Parameter(string name)
    {
        var values = (Query ?? "").Split('&')
            .Select(p => p.Split('=', 2))
            .Where(p => p[0] == name)
            .Select(p => p.Length == 2 ? Uri.UnescapeDataString(p[1]) : "")
            .ToArray();
        return values.Length <= 1
            ? values.FirstOrDefault()
            : throw new DidException(DidError.InvalidDid, DidCodes.InvalidUrl, $"The DID URL says {name} more than once.");
    }

    public override string ToString() => _text;

    // Linear in the text: no alternative can match what another one does.
    [GeneratedRegex("""
        ^(?<did>did:(?<method>[a-z0-9]+):(?<id>(?:[A-Za-z0-9._\-:]|%[0-9A-Fa-f]{2})*(?:[A-Za-z0-9._\-]|%[0-9A-Fa-f]{2})))
        (?<path>(?:/(?:[A-Za-z0-9._~\-!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})*)*)
        (?:\?(?<query>(?:[A-Za-z0-9._~\-!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*))?
        (?:\#(?<fragment>(?:[A-Za-z0-9._~\-!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*))?\z
        """, RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern { get; }
}
