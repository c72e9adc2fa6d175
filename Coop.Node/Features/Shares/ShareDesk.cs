using Coop.Ledger;
using Coop.Ledger.Accounts;
using Coop.Ledger.Journals;
using Coop.Ledger.Shares;
using Coop.Ledger.Units;
using Coop.Node.Database;
using Coop.Node.Features.Accounts;
using Coop.Node.Features.Ledger;
using Coop.Node.Http;
using Coop.Node.Idempotency;
using Coop.Node.Log;

namespace Coop.Node.Features.Shares;

/// <summary>What every write of share capital does, inside its transaction.</summary>
internal sealed class ShareDesk(WriteScope scope, CurrentMember me)
{
    /// <summary>The memo of a subscription.</summary>
    public const string Subscribed = "Shares taken";

    /// <summary>What a journal's memo says: what was sent, or in a word what it is.</summary>
    /// <exception cref="RefusalException">It is too long.</exception>
    public static string Memo(string sent, string otherwise) =>
        Fields.Multiline(sent, "memo", 0, LedgerLimits.MaxMemoLength) is { Length: > 0 } memo ? memo : otherwise;

    /// <exception cref="RefusalException">There is no such class.</exception>
    public async Task<ShareClass> RequireClassAsync(UnitCode code, CancellationToken ct) =>
        await ShareClassTable.FindAsync(scope.Connection, code, ct)
            ?? throw ProblemTypes.UnknownShareClass.With($"{code} is no class of shares.");

    /// <summary>The member's holding of a class; null where the member never had one.</summary>
    /// <exception cref="RefusalException">There is no such member.</exception>
    public async Task<ShareHolding?> FindAsync(ShareClass of, Guid memberId, CancellationToken ct)
    {
        var actor = await RequireActorAsync(memberId, ct);
        return await ShareHoldingTable.FindAsync(scope.Connection, memberId, of.Unit, ct) is { } accounts
            ? new(memberId, actor, accounts.Shares, accounts.Capital)
            : null;
    }

    /// <summary>As <see cref="FindAsync"/>, for what only a holder can do.</summary>
    public async Task<ShareHolding> RequireAsync(ShareClass of, Guid memberId, CancellationToken ct) =>
        await FindAsync(of, memberId, ct)
            ?? throw ProblemTypes.NotEnoughShares.With("The member holds no shares of this class.");

    /// <summary>As <see cref="FindAsync"/>; opens the holding with its two accounts where there is none.</summary>
    public async Task<ShareHolding> OpenAsync(ShareClass of, Guid memberId, CancellationToken ct)
    {
        if (await FindAsync(of, memberId, ct) is { } found)
        {
            return found;
        }

        var holding = new ShareHolding(
            memberId, (await AccountOwner.RequireAsync(scope.Connection, memberId, ct)).Actor, new(scope.NewId()), new(scope.NewId()));
        await OpenAccountAsync(holding, holding.Shares, $"{of.Unit} shares", of.Unit, ct);
        await OpenAccountAsync(holding, holding.Capital, $"{of.Unit} capital", of.MoneyUnit, ct);
        await ShareHoldingTable.AddAsync(scope.Connection, holding, of.Unit, ct);
        return holding;
    }

    /// <summary>What the books say that is held.</summary>
    public async Task<ShareStanding> StandingAsync(ShareClass of, ShareHolding holding, CancellationToken ct)
    {
        var books = await OpenBooks.Of(scope).LoadAsync([holding.Shares, holding.Capital], ct);
        return new(
            checked(-books[holding.Shares].Balance.Minor),
            checked(-books[holding.Capital].Balance.Minor),
            await ShareNoticeTable.NoticedAsync(scope.Connection, holding.MemberId, of.Unit, ct));
    }

    /// <summary>The account on the other side of capital.</summary>
    /// <exception cref="RefusalException">It is the capital itself: nothing would be paid.</exception>
    public static AccountId RequireOther(ShareHolding holding, Guid accountId) => accountId != holding.Capital.Value
        ? new(accountId)
        : throw Fields.Invalid("accountId", "must not be the capital itself: no money would move.");

    /// <summary>A member takes so many shares of a class, from a day on.</summary>
    /// <exception cref="RefusalException">There is no such class or member, or they would be too many.</exception>
    public async Task<(Journal Journal, IdempotentAnswer Answer)> SubscribeAsync(
        UnitCode code, Guid member, long count, DateOnly date, string memo, CancellationToken ct)
    {
        var of = await RequireClassAsync(code, ct);
        var holding = await OpenAsync(of, member, ct);
        var standing = await StandingAsync(of, holding, ct);
        ShareProblems.ThrowIfRefused(ShareRules.Subscribe(of.ParMinor, standing, count));
        var journal = await PostAsync(date, memo, ct, (of.Issued, count), (holding.Shares, -count));
        var moved = ShareEvents.Moved(
            EventTypes.SharesSubscribed, me.Actor, code, holding.Actor, count, journal.Head.Id);
        return (journal, ShareAnswer.Of(journal, 0, scope.Append(moved)));
    }

    /// <summary>Posts what is not zero of these.</summary>
    public Task<Journal> PostAsync(
        DateOnly effectiveDate, string memo, CancellationToken ct, params (AccountId Account, long Minor)[] postings)
    {
        var head = new JournalHead(
            new(scope.NewId()), scope.NextEventId(), memo, effectiveDate, scope.Now, new MemberId(me.Id));
        return LedgerPosting.PostAsync(
            scope,
            me.Actor,
            head,
            [.. postings.Where(p => p.Minor != 0).Select(p => new PostingDraft(p.Account, new Amount(p.Minor)))],
            Authority.Full,
            ct);
    }

    private async Task<string> RequireActorAsync(Guid memberId, CancellationToken ct) =>
        (await MemberStore.FindAsync(scope.Connection, memberId, ct)
            ?? throw ProblemTypes.UnknownOwner.With("There is no such member.")).Actor;

    private async Task OpenAccountAsync(
        ShareHolding holding, AccountId id, string name, UnitCode unit, CancellationToken ct)
    {
        var owner = new MemberId(holding.MemberId);
        var account = new Account(id, null, name, unit, AccountType.Equity, owner, Account.DefaultFloor(owner));
        var eventId = scope.Append(LedgerEvents.AccountOpened(me.Actor, account, holding.Actor, null));
        await AccountStore.OpenAsync(scope.Transaction, account, eventId, ct);
    }
}
