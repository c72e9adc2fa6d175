using System.Text.Json.Nodes;
using Coop.Federation.Claims;
using Coop.Federation.Peering;
using Coop.Node.Database;
using Coop.Node.Features.Outbox;
using Npgsql;

namespace Coop.Node.Features.Erasure;

/// <summary>Tells peers that a payload which they fetched is erased, and keeps their confirmation.</summary>
internal sealed class ErasureMessages(Transactions transactions, StatementSigner signer) : IOutboxHandler
{
    public const string Path = "/federation/erasures";

    public string Kind => OutboxKinds.Erasure;

    public PeeringScope? Scope => null;

    public async Task<(string Path, JsonObject Body)?> MessageAsync(OutboxMessage message, CancellationToken ct)
    {
        var erasure = await transactions.ReadAsync((c, t) => ErasureStore.FindAsync(c, message.Ref, t), ct);
        return erasure is null ? null : (Path, signer.Sign(NoticeOf(erasure, message.PeerDid).ToJson()));
    }

    public async Task TakeAnswerAsync(
        NpgsqlTransaction transaction, OutboxMessage message, Peering peer, JsonObject answer, CancellationToken ct)
    {
        var erasure = await ErasureStore.FindAsync(transaction.Connection!, message.Ref, ct);
        Notice.Read(answer, NoticeType.ErasureConfirmation).Require(peer.Peer.Did, signer.Did, message.Ref, erasure!.Hash);
        await ErasureStore.ConfirmAsync(transaction, message.Ref, message.PeerDid, answer, ct);
    }

    public Task GiveUpAsync(NpgsqlTransaction transaction, OutboxMessage message, string problem, CancellationToken ct) =>
        ErasureStore.GiveUpAsync(transaction, message.Ref, message.PeerDid, problem, ct);

    private Notice NoticeOf(Erasure erasure, string peerDid) => new(
        NoticeType.Erasure, erasure.EventId, erasure.Hash, signer.Did, peerDid, erasure.ErasedAt, erasure.ErasedEvent);
}
