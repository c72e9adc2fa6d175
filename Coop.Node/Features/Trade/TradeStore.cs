using Coop.Node.Identity;
using System.Collections.Concurrent;
using System.Text;
using Coop.Federation.Trade;
using Coop.Node.Database;
using Coop.Node.Federation;

namespace Coop.Node.Features.Trade;

/// <summary>The node's database as the store of trade. Thread-safe.</summary>
internal sealed class TradeStore(Transactions transactions, Peerings peerings, NodeIdentity identity) : ITradeStore, IDisposable
{
    // Writes on one peer's chains exclude each other; waiting in line is cheaper than a retry.
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _lines = new(StringComparer.Ordinal);

    public Task<T> WriteAsync<T>(string peerDid, Func<ITradeWrite, CancellationToken, Task<T>> body, CancellationToken ct) =>
        WriteAsync(peerDid, TradeEvents.NodeActor, body, ct);

    /// <summary>As the other, with whose act it is.</summary>
    public async Task<T> WriteAsync<T>(
        string peerDid, string actor, Func<ITradeWrite, CancellationToken, Task<T>> body, CancellationToken ct)
    {
        var peering = await peerings.FindAsync(peerDid, ct);
        return await InLineAsync(
            peerDid,
            () => transactions.WriteAsync(
                async (scope, c) => await body(
                    await TradeWrite.OpenAsync(scope, peerDid, peering, actor, identity.Did, c), c),
                ct),
            ct);
    }

    /// <summary>Runs a write on a peer's chains when those before it in this process are through.</summary>
    public async Task<T> InLineAsync<T>(string peerDid, Func<Task<T>> write, CancellationToken ct)
    {
        var line = _lines.GetOrAdd(peerDid, _ => new SemaphoreSlim(1, 1));
        await line.WaitAsync(ct);
        try
        {
            return await write();
        }
        finally
        {
            line.Release();
        }
    }

    public Task<TradePair> PairAsync(string peerDid, CancellationToken ct) =>
        transactions.ReadAsync((c, t) => TradeTable.FindAsync(c, peerDid, t), ct);

    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> MessagesAsync(
        string peerDid, bool isOwn, long after, int max, CancellationToken ct)
    {
        var messages = await transactions.ReadAsync((c, t) => TradeTable.MessagesAsync(c, peerDid, isOwn, after, max, t), ct);
        return [.. messages.Select(m => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(m))];
    }

    public async Task<IReadOnlyList<Transfer>> OpenAsync(string peerDid, CancellationToken ct) =>
        await transactions.ReadAsync((c, t) => TransferTable.ListOpenAsync(c, peerDid, t), ct);

    public async Task<Netting?> NettingAsync(Guid id, CancellationToken ct) =>
        (await transactions.ReadAsync((c, t) => NettingTable.FindAsync(c, identity.Did, id, t), ct))?.Netting;

    public async Task<IReadOnlyList<Netting>> OpenNettingsAsync(CancellationToken ct) =>
        (await transactions.ReadAsync((c, t) => NettingTable.ListOpenAsync(c, identity.Did, t), ct)).ConvertAll(r => r.Netting);

    public void Dispose()
    {
        foreach (var line in _lines.Values)
        {
            line.Dispose();
        }
    }
}
