namespace Coop.Identity.Passkeys;

/// <summary>
/// The transports of an authenticator (WebAuthn level 3, section 5.8.4) as one text. They come from the
/// client unchecked and are hints for later ceremonies, so what is no plausible name is dropped.
/// </summary>
public static class Transports
{
    public const int MaxCount = 8;
    public const int MaxNameLength = 32;

    public static string Join(IEnumerable<string>? transports) =>
        string.Join(' ', (transports ?? []).Where(IsName).Distinct(StringComparer.Ordinal).Take(MaxCount));

    public static string[] Split(string transports)
    {
        ArgumentNullException.ThrowIfNull(transports);
        return transports.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static bool IsName(string name) =>
        name is { Length: > 0 and <= MaxNameLength }
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
