using System.Globalization;

namespace Coop.Node.Federation.Replication;

/// <summary>
/// The name under which a copy is stored: the log's origin, and from the second history on its number. The name in
/// paths follows it, so that what is served under a path never becomes another log's history.
/// </summary>
internal static class MirrorKey
{
    // An origin is the name of a key, which has no space (signed-note).
    private const char Separator = ' ';

    public static string Of(string origin, long history) => history == 0
        ? origin
        : origin + Separator + history.ToString(CultureInfo.InvariantCulture);

    public static (string Origin, long History) Parse(string key)
    {
        var at = key.LastIndexOf(Separator);
        return at < 0 ? (key, 0) : (key[..at], long.Parse(key[(at + 1)..], CultureInfo.InvariantCulture));
    }

    /// <summary>The copy's name under /federation/mirrors.</summary>
    public static string IdOf(string origin, long history)
    {
        var id = Coop.Federation.Replication.LogSubject.IdOf(origin);
        return history == 0 ? id : $"{id}-{history.ToString(CultureInfo.InvariantCulture)}";
    }
}
