using Coop.Federation.Peering;
using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Federation;

/// <summary>What no single peering can tell: two peers must not claim one log.</summary>
internal static class PeeringConflicts
{
    /// <exception cref="RefusalException">Another peering in force has a log of that name.</exception>
    public static async Task CheckOriginAsync(
        WriteScope scope, PeeringRecord record, PeeringTerms terms, CancellationToken ct)
    {
        var origin = terms.PartyOf(record.PeerDid)!.Who.LogOrigin;
        var open = await PeeringStore.ListOpenAsync(scope.Connection, ct);
        if (open.Exists(other => other.Id != record.Id && other.Standing.Version > 0 && other.Peer.LogOrigin == origin))
        {
            throw ProblemTypes.PeeringExists.With("Another peer has a log of that name.");
        }
    }
}
