using System.Text.Json.Nodes;
using Coop.Federation.Claims;
using Coop.Federation.Peering;
using Coop.Node.Database;
using Coop.Node.Features.Outbox;
using Npgsql;

namespace Coop.Node.Features.Claims;

/// <summary>Tells peers that a claim is withdrawn, and keeps their word that they deleted it.</summary>
internal sealed class WithdrawalMessages(Transactions transactions, StatementSigner signer) : IOutboxHandler
{
    public string Kind => OutboxKinds.ClaimWithdrawal;

    public PeeringScope? Scope => null;

    public async Task<(string Path, JsonObject Body)?> MessageAsync(OutboxMessage message, CancellationToken ct)
    {
        var claim = await transactions.ReadAsync((c, t) => SentClaimStore.FindAsync(c, message.Ref, t), ct);
        if (claim is not { State: SentClaimState.Withdrawing })
        {
            return null;
        }

        var notice = new Notice(
            NoticeType.ClaimWithdrawal, claim.Id, claim.Hash, signer.Did, message.PeerDid, claim.WithdrawnAt!.Value,
            claim.WithdrawnEvent);
        return (ClaimPaths.Withdrawal(claim.Id), signer.Sign(notice.ToJson()));
    }

    public async Task TakeAnswerAsync(
        NpgsqlTransaction transaction, OutboxMessage message, Peering peer, JsonObject answer, CancellationToken ct)
    {
        var claim = await SentClaimStore.FindAsync(transaction.Connection!, message.Ref, ct);
        Notice.Read(answer, NoticeType.ClaimWithdrawalReceipt).Require(peer.Peer.Did, signer.Did, message.Ref, claim!.Hash);
        await SentClaimStore.FinishWithdrawalAsync(transaction, message.Ref, answer, problem: null, ct);
    }

    public Task GiveUpAsync(NpgsqlTransaction transaction, OutboxMessage message, string problem, CancellationToken ct) =>
        SentClaimStore.FinishWithdrawalAsync(transaction, message.Ref, receipt: null, problem, ct);
}
