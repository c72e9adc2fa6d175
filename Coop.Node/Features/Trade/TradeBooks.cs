using Coop.Federation.Trade;
using Coop.Ledger;
using Coop.Ledger.Accounts;
using Coop.Ledger.Journals;
using Coop.Ledger.Units;
using Coop.Node.Database;
using Coop.Node.Features.Ledger;
using Coop.Node.Http;

namespace Coop.Node.Features.Trade;

/// <summary>
/// What a step does to the co-op's own books, in the transaction of the step. Each peer and unit has three accounts:
/// what the two owe each other, what is under way, and what could not be assigned (docs/decisions/0011-trade.md).
/// </summary>
internal static class TradeBooks
{
    private const string Actor = "node";

    /// <summary>The position with a peer in a unit; its accounts are opened with the first transfer.</summary>
    public static async Task<PositionRow> OpenAsync(
        WriteScope scope, string peerDid, string peerName, string unit, CancellationToken ct)
    {
        var row = new PositionRow(
            peerDid, TradePosition.None(unit),
            await OpenAccountAsync(scope, $"{peerName}: owed", unit, AccountType.Asset, ct),
            await OpenAccountAsync(scope, $"{peerName}: under way", unit, AccountType.Liability, ct),
            await OpenAccountAsync(scope, $"{peerName}: unassigned", unit, AccountType.Liability, ct));
        await PositionTable.AddAsync(scope, row, ct);
        return row;
    }

    /// <summary>The account over which nettings in a unit go; opened with the first.</summary>
    public static async Task<Guid> ClearingAsync(WriteScope scope, string unit, CancellationToken ct)
    {
        if (await NettingTable.FindClearingAsync(scope.Connection, unit, ct) is { } known)
        {
            return known;
        }

        var opened = await OpenAccountAsync(scope, "Netting with other co-ops", unit, AccountType.Liability, ct);
        await NettingTable.AddClearingAsync(scope, unit, opened.Value, ct);
        return opened.Value;
    }

    /// <summary>Posts what a step moves.</summary>
    /// <returns>The journal; null where nothing moves.</returns>
    /// <exception cref="RefusalException">The payer's account has not as much.</exception>
    public static async Task<Guid?> PostAsync(
        WriteScope scope, TradeChange change, TradeOffer offer, PositionRow accounts, CancellationToken ct)
    {
        var clearing = offer.Kind == TradeKind.Netting && change.Effect == TradeEffect.Credit
            ? await ClearingAsync(scope, offer.Unit, ct)
            : (Guid?)null;
        if (Sides(change.Effect, offer, accounts, clearing) is not var (debit, credit))
        {
            return null;
        }

        // What was promised or signed is booked whatever became of the member's account.
        var isForced = change.IsRecovered || change.Effect is TradeEffect.Release or TradeEffect.Credit;
        try
        {
            return await PostAsync(scope, change, offer, debit, credit, ct);
        }
        catch (RefusalException) when (isForced)
        {
            return await PostAsync(
                scope, change, offer, Known(debit, accounts), Known(credit, accounts), ct);
        }
    }

    // A debit raises what the co-op is owed, and lowers what it owes.
    private static (AccountId Debit, AccountId Credit)? Sides(
        TradeEffect effect, TradeOffer offer, PositionRow accounts, Guid? clearing) => effect switch
    {
        TradeEffect.Reserve => (new(offer.Payer), accounts.UnderWay),
        TradeEffect.Release => (accounts.UnderWay, new(offer.Payer)),
        TradeEffect.Pay => (accounts.UnderWay, accounts.Mirror),
        TradeEffect.Credit => (accounts.Mirror, (offer.Payee ?? clearing) is { } payee ? new(payee) : accounts.Unassigned),
        _ => null,
    };

    private static AccountId Known(AccountId account, PositionRow accounts) =>
        account == accounts.Mirror || account == accounts.UnderWay ? account : accounts.Unassigned;

    private static async Task<Guid> PostAsync(
        WriteScope scope, TradeChange change, TradeOffer offer, AccountId debit, AccountId credit, CancellationToken ct)
    {
        var head = new JournalHead(
            new(scope.NewId()), scope.NextEventId(), Memo(change, offer), DateOnly.FromDateTime(scope.Now.UtcDateTime), scope.Now, null);
        var amount = new Amount(offer.AmountMinor);
        await LedgerPosting.PostAsync(
            scope, Actor, head, [new(debit, amount), new(credit, new Amount(-offer.AmountMinor))], Authority.Full, ct);
        return head.Id.Value;
    }

    private static string Memo(TradeChange change, TradeOffer offer)
    {
        var memo = $"{change.Effect} {change.After!.Id:D}: {offer.Memo}";
        return memo.Length <= LedgerLimits.MaxMemoLength ? memo : memo[..LedgerLimits.MaxMemoLength];
    }

    private static async Task<AccountId> OpenAccountAsync(
        WriteScope scope, string name, string unit, AccountType type, CancellationToken ct)
    {
        var text = name.Length <= LedgerLimits.MaxAccountNameLength ? name : name[^LedgerLimits.MaxAccountNameLength..];
        var account = new Account(new(scope.NewId()), null, text, UnitCode.Parse(unit), type, null, null);
        var eventId = scope.Append(LedgerEvents.AccountOpened(Actor, account, null, null));
        await AccountStore.OpenAsync(scope.Transaction, account, eventId, ct);
        return account.Id;
    }
}
