using System.Text.Json.Nodes;
using Coop.Federation.Claims;
using Coop.Federation.Trade;
using Coop.Identity.Keys;
using Coop.Node.Features.Outbox;
using Coop.Node.Federation;
using Coop.Node.Identity;

namespace Coop.Node.Features.Trade;

/// <summary>This node's key, and the keys of all who have a pinned history. Thread-safe.</summary>
internal sealed class TradeSigner(NodeIdentity identity, StatementSigner signer, PeerKeys keys, TimeProvider time) : ITradeSigner
{
    public string Did => identity.Did;

    public JsonObject Sign(JsonObject body) => signer.Sign(body);

    public async Task VerifyAsync(JsonObject message, string author, CancellationToken ct)
    {
        var keyId = Statement.KeyIdOf(message, author);
        var key = author == Did ? Own(keyId) : await FindAsync(author, keyId, ct);
        Statement.Verify(message, key ?? throw new StatementException(StatementCodes.Proof, "The author's DID has no such key."));
    }

    private async Task<VerificationKey?> FindAsync(string did, string keyId, CancellationToken ct) =>
        await keys.FindAsync(did, ct) is { } history ? await keys.FindKeyAsync(history, h => h.FindAssertionKey(keyId), ct) : null;

    // What this node signed before a restore, it may have signed with a key that it has rotated since.
    private VerificationKey? Own(string keyId) => keyId == identity.AssertionSigner.KeyId
        ? identity.AssertionSigner.Key.Public
        : PinnedHistory.Of(Did, identity.History, "", time.GetUtcNow()).FindAssertionKey(keyId);
}
