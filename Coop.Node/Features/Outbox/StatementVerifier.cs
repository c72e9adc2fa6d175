using System.Text.Json.Nodes;
using Coop.Federation.Claims;
using Coop.Federation.Peering;
using Coop.Node.Federation;

namespace Coop.Node.Features.Outbox;

/// <summary>Verifies what peers signed, with the keys of their pinned histories. Thread-safe.</summary>
internal sealed class StatementVerifier(PeerKeys keys)
{
    /// <exception cref="StatementException">The peer did not sign it, or its key is not known.</exception>
    public async Task RequireAsync(JsonObject statement, Peering peer, CancellationToken ct)
    {
        var keyId = Statement.KeyIdOf(statement, peer.Peer.Did);
        var history = await keys.FindAsync(peer.Peer.Did, ct);
        var key = history is null ? null : await keys.FindKeyAsync(history, h => h.FindAssertionKey(keyId), ct);
        Statement.Verify(
            statement, key ?? throw new StatementException(StatementCodes.Proof, "The peer's DID has no such key."));
    }
}
