using System.Text.Json.Nodes;
using Coop.Federation.Log;
using Coop.Node.Database;
using Coop.Node.Http;
using Coop.Node.Log;

namespace Coop.Node.Federation;

/// <summary>Co-ops from which this one takes no proposals; each change is an event.</summary>
public sealed class PeerBlocks(Transactions transactions)
{
    internal Task<List<BlockStore.Row>> ListAsync(CancellationToken ct) => transactions.ReadAsync(BlockStore.ListAsync, ct);

    /// <summary>Blocks; one that is blocked already stays as it is.</summary>
    /// <exception cref="RefusalException">There are as many as there may be.</exception>
    internal Task<BlockStore.Row> AddAsync(string did, string actor, CancellationToken ct) => transactions.WriteAsync(
        async (scope, c) =>
        {
            if (await BlockStore.FindAsync(scope.Connection, did, c) is { } there)
            {
                return there;
            }

            if ((await BlockStore.ListAsync(scope.Connection, c)).Count >= BlockStore.MaxCount)
            {
                throw ProblemTypes.PeeringState.With("There are as many blocks as there may be; remove one first.");
            }

            var row = new BlockStore.Row(did, scope.Now, scope.Append(Event(EventTypes.PeerBlocked, did, actor)));
            await BlockStore.InsertAsync(scope.Transaction, row, c);
            return row;
        },
        ct);

    /// <exception cref="RefusalException">It was not blocked.</exception>
    public Task<Guid> RemoveAsync(string did, string actor, CancellationToken ct) => transactions.WriteAsync(
        async (scope, c) => await BlockStore.DeleteAsync(scope.Transaction, did, c)
            ? scope.Append(Event(EventTypes.PeerUnblocked, did, actor))
            : throw ProblemTypes.NotFound.With("That co-op is not blocked."),
        ct);

    private static EventDraft Event(string type, string did, string actor) =>
        new(type, actor, $"peer:{did}", Visibility.Members, new JsonObject { ["did"] = did });
}
