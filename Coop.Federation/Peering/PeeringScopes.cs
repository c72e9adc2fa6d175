namespace Coop.Federation.Peering;

/// <summary>The scopes' names in documents and addresses.</summary>
public static class PeeringScopes
{
    private static readonly (PeeringScope Scope, string Name)[] Names =
    [
        (PeeringScope.Replicate, "replicate"),
        (PeeringScope.Witness, "witness"),
        (PeeringScope.Claims, "claims"),
        (PeeringScope.VisitingMembers, "visiting-members"),
        (PeeringScope.Trade, "trade"),
    ];

    /// <summary>In the order in which documents list them.</summary>
    public static IReadOnlyList<PeeringScope> All { get; } = [.. Names.Select(n => n.Scope)];

    /// <summary>E.g. <c>visiting-members</c>.</summary>
    public static string Name(PeeringScope scope) => Names.Single(n => n.Scope == scope).Name;

    /// <exception cref="PeeringException">There is no such scope.</exception>
    public static PeeringScope Parse(string name)
    {
        foreach (var known in Names)
        {
            if (known.Name == name)
            {
                return known.Scope;
            }
        }

        throw new PeeringException(PeeringCodes.Scope, "There is no such scope.");
    }
}
