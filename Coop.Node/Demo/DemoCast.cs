namespace Coop.Node.Demo;

/// <summary>The co-ops of the demo, and who is in them.</summary>
/// <param name="Slug">Names its folder and its database.</param>
/// <param name="Name">The co-op.</param>
/// <param name="Port">Where it serves at first, if the port is free.</param>
/// <param name="Members">The first is the administrator.</param>
/// <param name="Motion">What its members vote on.</param>
/// <param name="News">What it announces.</param>
internal sealed record DemoCast(string Slug, string Name, int Port, IReadOnlyList<string> Members, string Motion, string News)
{
    public static IReadOnlyList<DemoCast> All { get; } =
    [
        new("acorn", "Acorn Bakery", 5081, ["Ada Moreno", "Ben Okafor", "Cleo Lindt", "Dan Wu"], "Buy a second oven", "Saturday shifts"),
        new("birch", "Birch Tools", 5082, ["Edda Kraus", "Femi Adeyemi", "Greta Holm", "Hugo Sand"], "Lend tools to Acorn Bakery", "New lathe in hall 2"),
        new("cedar", "Cedar Housing", 5083, ["Ines Prado", "Jon Aalto", "Kaya Demir", "Lou Petit"], "Insulate the north wall", "Heating off on Tuesday"),
    ];
}
