using Coop.Node.Database;
using Coop.Node.Federation;
using Coop.Node.Log;

namespace Coop.Node.Features.Claims;

/// <summary>
/// Deletes claims of others when the time for which they were given is over, or the peering with who gave them. Any
/// number may run at once: a claim is ended once.
/// </summary>
internal sealed class ClaimSweep(Transactions transactions, Peerings peerings, TimeProvider time)
{
    public const string RetentionOver = "retention-over";
    public const string PeeringEnded = "peering-ended";

    private const int BatchSize = 100;

    /// <summary>Another replica's new peering is known here by then.</summary>
    private static readonly TimeSpan NewcomerTime = TimeSpan.FromMinutes(1);

    public async Task RunAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var senders = await transactions.ReadAsync(
            (c, t) => ReceivedClaimStore.ListSendersAsync(c, now - NewcomerTime, t), ct);
        // Read second, so that who has just become a peer is among them.
        var peers = (await peerings.ListAsync(ct)).Select(p => p.Peer.Did);
        string[] gone = [.. senders.Except(peers, StringComparer.Ordinal)];
        var over = await transactions.ReadAsync(
            (c, t) => ReceivedClaimStore.ListOverAsync(c, now, gone, BatchSize, t), ct);
        foreach (var claim in over)
        {
            var reason = claim.RetainUntil <= now ? RetentionOver : PeeringEnded;
            await transactions.WriteAsync((scope, c) => EndAsync(scope, claim, reason, c), ct);
        }
    }

    private static async Task<bool> EndAsync(WriteScope scope, ReceivedClaim claim, string reason, CancellationToken ct)
    {
        if (!await ReceivedClaimStore.EndAsync(
            scope.Transaction, claim.Id, scope.Now, scope.FirstEventId, reason, receipt: null, ct))
        {
            return false;
        }

        scope.Append(
            ClaimEvents.Claim(
                EventTypes.ClaimWithdrawn, claim.ClaimId, claim.Kind, claim.Hash, claim.PeerDid, ClaimEvents.NodeActor, reason),
            scope.FirstEventId);
        return true;
    }
}
