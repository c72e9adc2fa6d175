namespace Coop.Ledger.Accounts;

/// <summary>Where an account stands in the chart of accounts.</summary>
/// <param name="Account">The account.</param>
/// <param name="Type">Its type, which is its parent's and its children's too.</param>
/// <param name="Depth">0 for a root; a parent's and one more.</param>
/// <param name="Parent">The account above it; null for a root.</param>
public sealed record AccountPlace(AccountId Account, AccountType Type, int Depth, AccountId? Parent)
{
    /// <summary>The most steps from a root to an account.</summary>
    public const int MaxDepth = 8;

    /// <summary>
    /// The places after an account was put below another, or on its own; or why it cannot be. The database
    /// refuses a cycle as well: a parent is always one step nearer to the root.
    /// </summary>
    /// <param name="moved">The account as it stands.</param>
    /// <param name="below">What stands below it, at any distance.</param>
    /// <param name="parent">Where it shall stand; null to make it a root.</param>
    /// <param name="places">The changed places, with the parent's.</param>
    public static PlaceRefusal Move(
        AccountPlace moved, IReadOnlyList<AccountPlace> below, AccountPlace? parent,
        out IReadOnlyList<AccountPlace> places)
    {
        ArgumentNullException.ThrowIfNull(moved);
        ArgumentNullException.ThrowIfNull(below);
        places = [];
        var depth = parent is null ? 0 : parent.Depth + 1;
        if (parent is not null && parent.Type != moved.Type)
        {
            return PlaceRefusal.OtherType;
        }

        if (parent is not null && (parent.Account == moved.Account || below.Any(b => b.Account == parent.Account)))
        {
            return PlaceRefusal.Cycle;
        }

        if (below.Append(moved).Max(p => p.Depth) - moved.Depth + depth > MaxDepth)
        {
            return PlaceRefusal.TooDeep;
        }

        var down = depth - moved.Depth;
        places =
        [
            .. parent is null ? [] : new[] { parent },
            moved with { Depth = depth, Parent = parent?.Account },
            .. below.Select(b => b with { Depth = b.Depth + down }),
        ];
        return PlaceRefusal.None;
    }
}
