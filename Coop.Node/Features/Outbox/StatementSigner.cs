using System.Text.Json.Nodes;
using Coop.Federation.Claims;
using Coop.Node.Identity;

namespace Coop.Node.Features.Outbox;

/// <summary>Signs statements with the node's present key. Thread-safe.</summary>
internal sealed class StatementSigner(NodeIdentity identity, TimeProvider time)
{
    public string Did => identity.Did;

    public JsonObject Sign(JsonObject body) =>
        Statement.Sign(body, identity.AssertionSigner.KeyId, identity.AssertionSigner.Key, time.GetUtcNow());

    public JsonObject SignWithCredential(JsonObject body) =>
        Statement.SignWithCredential(body, identity.AssertionSigner.KeyId, identity.AssertionSigner.Key, time.GetUtcNow());
}
