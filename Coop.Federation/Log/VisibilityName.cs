namespace Coop.Federation.Log;

/// <summary>The names of <see cref="Visibility"/> in entries and in the database.</summary>
public static class VisibilityName
{
    public static string Of(Visibility visibility) => visibility switch
    {
        Visibility.Private => "private",
        Visibility.Members => "members",
        Visibility.Public => "public",
        _ => throw new ArgumentOutOfRangeException(nameof(visibility)),
    };

    public static bool TryParse(string name, out Visibility visibility)
    {
        (var known, visibility) = name switch
        {
            "private" => (true, Visibility.Private),
            "members" => (true, Visibility.Members),
            "public" => (true, Visibility.Public),
            _ => (false, default),
        };
        return known;
    }
}
