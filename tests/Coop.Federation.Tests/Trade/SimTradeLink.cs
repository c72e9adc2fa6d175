using Coop.Federation.Trade;

namespace Coop.Federation.Tests.Trade;

/// <summary>No answer came; the request may have arrived.</summary>
internal sealed class SimLost : Exception;

/// <summary>Requests that get lost, come twice or late, or whose answers get lost; other things happen meanwhile.</summary>
internal sealed class SimTradeLink(TradeWorld world, TradeCoop from, int life) : ITradeLink
{
    public Task<TradeHead> HeadAsync(string peerDid, CancellationToken ct) =>
        world.Mutant == TradeMutant.SignsWithoutAsking
            ? Task.FromResult(TradeHead.Start)
            : CallAsync(peerDid, peer => peer.Engine.HeadAsync(from.Did, ct));

    public Task<TradeHead> DeliverAsync(string peerDid, IReadOnlyList<ReadOnlyMemory<byte>> messages, CancellationToken ct) =>
        CallAsync(peerDid, peer => peer.Engine.ReceiveAsync(from.Did, messages, ct));

    public Task<IReadOnlyList<ReadOnlyMemory<byte>>> MessagesAsync(string peerDid, bool isOwn, long after, CancellationToken ct) =>
        CallAsync(peerDid, peer => Task.FromResult<IReadOnlyList<ReadOnlyMemory<byte>>>(
            [.. peer.Disk.MessagesOf(from.Did, isOwn).Skip((int)after).Take(1 + world.Random.Next(5)).Select(m => m.Json)]));

    public Task AskAsync(string peerDid, IReadOnlyList<Guid> transfers, CancellationToken ct) => CallAsync(peerDid, async peer =>
    {
        await peer.Engine.AnswerAsync(from.Did, transfers, ct);
        return true;
    });

    public Task<NettingDecision?> AskNettingAsync(string peerDid, NettingPlan plan, CancellationToken ct) =>
        CallAsync(peerDid, peer => peer.Engine.Nettings.AnswerAsync(plan, ct));

    private async Task<T> CallAsync<T>(string peerDid, Func<TradeCoop, Task<T>> call)
    {
        var peer = world.Coops.Single(c => c.Did == peerDid);
        var putBacks = peer.PutBacks;
        await MeanwhileAsync();
        if (world.IsLost() || peer.PutBacks != putBacks)
        {
            if (world.OneIn(2) && peer.PutBacks == putBacks)
            {
                world.Late.Add((from, peer, () => call(peer)));
            }

            throw new SimLost();
        }

        var answer = await AtAsync(peer, call);
        if (world.IsDoubled())
        {
            answer = await AtAsync(peer, call);
        }

        await MeanwhileAsync();
        // What a former life of the peer said does not arrive after it was put back.
        return world.IsLost() || peer.PutBacks != putBacks ? throw new SimLost() : answer;
    }

    private async Task MeanwhileAsync()
    {
        await world.MeanwhileAsync();
        if (from.Life != life)
        {
            throw new SimCrash();
        }
    }

    private static async Task<T> AtAsync<T>(TradeCoop peer, Func<TradeCoop, Task<T>> call)
    {
        try
        {
            return await call(peer);
        }
        catch (SimCrash)
        {
            throw new SimLost();
        }
    }
}
