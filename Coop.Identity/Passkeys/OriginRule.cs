namespace Coop.Identity.Passkeys;

/// <summary>
/// Which web origins may run a ceremony (WebAuthn level 3, section 13.4.9): those of a list, spelled as
/// browsers serialise them, and never from inside another site's frame.
/// </summary>
public sealed class OriginRule
{
    private readonly HashSet<string> _origins;

    /// <param name="origins">Web addresses; path and default port do not count.</param>
    /// <exception cref="FormatException">One is no http or https address.</exception>
    public OriginRule(IEnumerable<string> origins)
    {
        ArgumentNullException.ThrowIfNull(origins);
        _origins = origins.Select(Serialize).ToHashSet(StringComparer.Ordinal);
    }

    public IReadOnlyCollection<string> Origins => _origins;

    public bool Allows(string? origin) => origin is not null && _origins.Contains(origin);

    public bool AllowsCeremony(string? origin, bool crossOrigin, string? topOrigin) =>
        !crossOrigin && string.IsNullOrEmpty(topOrigin) && Allows(origin);

    private static string Serialize(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri.GetLeftPart(UriPartial.Authority)
            : throw new FormatException($"'{address}' is not a web origin.");
}
