using Coop.Federation.Trade;

namespace Coop.Node.Features.Trade;

/// <summary>A transfer between this co-op and another one.</summary>
/// <param name="Id">Named by the payer's node.</param>
/// <param name="Peer">The DID of the other co-op.</param>
/// <param name="Role">Whether this co-op pays or is paid.</param>
/// <param name="State">Where it stands on this side.</param>
/// <param name="IsFinal">Whether nothing more is to come.</param>
/// <param name="Kind">Payment, settlement or netting; null for what was never known here.</param>
/// <param name="Unit">The unit's code.</param>
/// <param name="AmountMinor">In minor units.</param>
/// <param name="FromAccountId">The account in the payer's books.</param>
/// <param name="ToAccountId">The account in the payee's books; null for settlements.</param>
/// <param name="Memo">What the payer wrote.</param>
/// <param name="ValidUntil">Until when the payer's co-op may commit.</param>
/// <param name="Reason">Why it was rejected or aborted.</param>
/// <param name="NettingId">Of which netting it is a leg; null for others.</param>
/// <param name="OurWord">Paid or unpaid, where this co-op's people have signed what becomes of it; else null.</param>
/// <param name="TheirWord">The same of the other co-op's.</param>
/// <param name="CreatedAt">When it was first known here.</param>
/// <param name="ChangedAt">When it came to its state.</param>
public sealed record TransferView(
    Guid Id, string Peer, TradeRole Role, TransferState State, bool IsFinal, TradeKind? Kind, string? Unit, long? AmountMinor,
    Guid? FromAccountId, Guid? ToAccountId, string? Memo, DateTimeOffset? ValidUntil, string? Reason,
    Guid? NettingId, string? OurWord, string? TheirWord, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt)
{
    internal static TransferView Of(TransferRow row)
    {
        var (transfer, offer) = (row.Transfer, row.Transfer.Offer);
        return new(
            transfer.Id, transfer.PeerDid, transfer.Role, transfer.State, transfer.IsFinal, offer?.Kind, offer?.Unit,
            offer?.AmountMinor, offer?.Payer, offer?.Payee, offer?.Memo, offer?.ValidUntil, transfer.Reason,
            offer?.NettingId, Word(transfer.OurWord), Word(transfer.TheirWord), row.CreatedAt, row.ChangedAt);
    }

    private static string? Word(bool? isPaid) => isPaid switch { true => "paid", false => "unpaid", null => null };
}
