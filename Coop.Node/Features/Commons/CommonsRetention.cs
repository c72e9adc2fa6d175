using Coop.Node.Database;
using Coop.Node.Federation;

namespace Coop.Node.Features.Commons;

/// <summary>
/// Deletes copies of what former peers shared, when the time is over for which their terms let them be kept after the
/// end. Any number may run at once: a copy is deleted once.
/// </summary>
internal sealed class CommonsRetention(Transactions transactions, Peerings peerings, TimeProvider time)
{
    private const int BatchSize = 100;

    /// <summary>Another replica's new peering is known here by then.</summary>
    private static readonly TimeSpan NewcomerTime = TimeSpan.FromMinutes(1);

    public async Task RunAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var givers = await transactions.ReadAsync(
            (c, t) => CommonsCopyStore.ListGiversAsync(c, now - NewcomerTime, t), ct);
        // Read second, so that who has just become a peer is among them.
        var peers = (await peerings.ListAsync(ct)).Select(p => p.Peer.Did);
        foreach (var did in givers.Except(peers, StringComparer.Ordinal))
        {
            var ended = await transactions.ReadAsync((c, t) => PeeringStore.FindEndedAsync(c, did, t), ct);
            if (ended is null || ended.Since + TimeSpan.FromDays(ended.ToPeering().Theirs.RetentionDays) <= now)
            {
                await DeleteAsync(did, ct);
            }
        }
    }

    private async Task DeleteAsync(string did, CancellationToken ct)
    {
        var held = await transactions.ReadAsync((c, t) => CommonsCopyStore.ListHeldAsync(c, did, BatchSize, t), ct);
        foreach (var copy in held)
        {
            await transactions.WriteAsync((scope, c) => DeleteAsync(scope, copy, c), ct);
        }
    }

    private static async Task<bool> DeleteAsync(WriteScope scope, CommonsCopyStore.Held copy, CancellationToken ct)
    {
        if (!await CommonsCopyStore.DeleteAsync(scope.Transaction, copy.Id, ct))
        {
            return false;
        }

        scope.Append(CommonsEvents.CopyDeleted(copy.EventId, copy.Hash, copy.PeerDid));
        return true;
    }
}
