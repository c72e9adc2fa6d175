using System.Runtime.ExceptionServices;
using Coop.Node.Database;

namespace Coop.Node.Features.Ledger;

/// <summary>
/// Takes journals. Orders that arrive together share a transaction: a busy account is read and written
/// once a group, so that it costs no retries, and a commit is paid by many. Each order is answered for
/// itself when it is durable. Thread-safe.
/// </summary>
/// <remarks>
/// The first event's id tells what became of a commit without an answer, as for every write; the keys of
/// the items do so for whoever asks again. Groups of other replicas end in a serialization failure of one
/// of the two, which runs again.
/// </remarks>
public sealed class PostingDesk
{
    /// <summary>Journals that share a transaction, unless one order alone has more.</summary>
    public const int MaxGroupSize = 256;

    private readonly Transactions _transactions;
    private readonly ILogger<PostingDesk> _logger;
    private readonly GroupCommit<PostingOrder, PostingOrder, Settled> _groups;

    public PostingDesk(
        [FromKeyedServices(Transactions.Workers)] Transactions transactions, ILogger<PostingDesk> logger)
    {
        _transactions = transactions;
        _logger = logger;
        _groups = new(WriteAsync, order => order, MaxGroupSize, order => order.Items.Count);
    }

    /// <summary>Posts one journal; when this returns, it is durable or refused.</summary>
    public async Task<PostingReply> PostAsync(PostingItem item) => (await PostAsync(new PostingOrder([item])))[0];

    /// <summary>Posts journals, each for itself or with those that it is linked with.</summary>
    public async Task<IReadOnlyList<PostingReply>> PostAsync(PostingOrder order)
    {
        var settled = await _groups.SubmitAsync(order);
        if (settled.Failure is not null)
        {
            ExceptionDispatchInfo.Throw(settled.Failure);
        }

        return settled.Replies!;
    }

    // Not cancelled by any one of the callers, since the group is not theirs alone.
    private async Task<IReadOnlyList<Settled>> WriteAsync(IReadOnlyList<PostingOrder> orders)
    {
        try
        {
            var replies = await _transactions.WriteAsync(
                (scope, ct) => new PostingGroup(scope, orders).WriteAsync(ct), CancellationToken.None);
            return [.. replies.Select(r => new Settled(r, null))];
        }
        catch (Exception e) when (orders.Count > 1 && e is not (BusyException or UnknownOutcomeException))
        {
            // Something that only one of them brought: the others shall not suffer from it.
            Logs.PostingGroupSplit(_logger, orders.Count, e.GetType().Name);
            return await WriteOneByOneAsync(orders);
        }
    }

    private async Task<IReadOnlyList<Settled>> WriteOneByOneAsync(IReadOnlyList<PostingOrder> orders)
    {
        var settled = new List<Settled>(orders.Count);
        foreach (var order in orders)
        {
            try
            {
                settled.AddRange(await WriteAsync([order]));
            }
            catch (Exception e)
            {
                settled.Add(new(null, e));
            }
        }

        return settled;
    }

    /// <summary>What became of an order: replies, or the failure that was its own.</summary>
    private sealed record Settled(IReadOnlyList<PostingReply>? Replies, Exception? Failure);
}
