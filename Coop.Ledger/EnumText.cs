namespace Coop.Ledger;

/// <summary>The names of an enum's values in the database: lower case, as the API writes them.</summary>
internal static class EnumText<T>
    where T : struct, Enum
{
    private static readonly Dictionary<T, string> Names = Enum.GetValues<T>()
        .ToDictionary(value => value, value => string.Concat(value.ToString().Select(char.ToLowerInvariant)));

    private static readonly Dictionary<string, T> Values =
        Names.ToDictionary(n => n.Value, n => n.Key, StringComparer.Ordinal);

    public static string Of(T value) => Names[value];

    public static T Parse(string name) => Values[name];
}
