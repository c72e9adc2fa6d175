using Coop.Ledger.Accounts;
using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Ledger;

/// <summary>Puts accounts where they shall stand in the tree.</summary>
internal static class AccountPlacing
{
    /// <summary>Leaves the change of the tree for the end of the write.</summary>
    /// <param name="scope">The write.</param>
    /// <param name="moved">The account as it stands; a new one is a root.</param>
    /// <param name="parentId">Where it shall stand; null for a root.</param>
    /// <param name="ct">Ends the attempt.</param>
    /// <exception cref="RefusalException">It cannot stand there.</exception>
    public static async Task MoveAsync(WriteScope scope, AccountPlace moved, Guid? parentId, CancellationToken ct)
    {
        if (moved.Parent?.Value == parentId)
        {
            return;
        }

        var parent = parentId is { } id
            ? await AccountPlaceStore.FindAsync(scope.Transaction, new(id), ct)
                ?? throw ProblemTypes.UnknownParent.With("There is no such account to stand below.")
            : null;
        var below = await AccountPlaceStore.BelowAsync(scope.Transaction, moved.Account, ct);
        ThrowIfRefused(AccountPlace.Move(moved, below, parent, out var places));
        scope.Defer(AccountPlaceStore.Save(places));
    }

    private static void ThrowIfRefused(PlaceRefusal refusal)
    {
        if (refusal != PlaceRefusal.None)
        {
            throw refusal switch
            {
                PlaceRefusal.OtherType => ProblemTypes.ParentType.With("An account stands below one of its own type."),
                PlaceRefusal.Cycle => ProblemTypes.AccountCycle.With("The account would stand above itself."),
                PlaceRefusal.TooDeep => ProblemTypes.AccountTooDeep.With(
                    $"The chart of accounts is at most {AccountPlace.MaxDepth} steps deep."),
                _ => throw new ArgumentOutOfRangeException(nameof(refusal)),
            };
        }
    }
}
