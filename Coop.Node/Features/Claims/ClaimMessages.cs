using System.Text.Json.Nodes;
using Coop.Federation.Claims;
using Coop.Federation.Peering;
using Coop.Node.Database;
using Coop.Node.Features.Outbox;
using Npgsql;

namespace Coop.Node.Features.Claims;

/// <summary>Sends claims, and keeps the receipts.</summary>
internal sealed class ClaimMessages(Transactions transactions, StatementSigner signer) : IOutboxHandler
{
    public string Kind => OutboxKinds.Claim;

    public PeeringScope? Scope => PeeringScope.Claims;

    public async Task<(string Path, JsonObject Body)?> MessageAsync(OutboxMessage message, CancellationToken ct)
    {
        var claim = await transactions.ReadAsync((c, t) => SentClaimStore.FindAsync(c, message.Ref, t), ct);
        return claim is { IsStanding: true, Body: { } body }
            ? (ClaimPaths.Claims, signer.SignWithCredential(body))
            : null;
    }

    public async Task TakeAnswerAsync(
        NpgsqlTransaction transaction, OutboxMessage message, Peering peer, JsonObject answer, CancellationToken ct)
    {
        var claim = await SentClaimStore.FindAsync(transaction.Connection!, message.Ref, ct);
        Notice.Read(answer, NoticeType.ClaimReceipt).Require(peer.Peer.Did, signer.Did, message.Ref, claim!.Hash);
        await SentClaimStore.ReceiveAsync(transaction, message.Ref, answer, ct);
    }

    public Task GiveUpAsync(NpgsqlTransaction transaction, OutboxMessage message, string problem, CancellationToken ct) =>
        SentClaimStore.RefuseAsync(transaction, message.Ref, problem, ct);
}
