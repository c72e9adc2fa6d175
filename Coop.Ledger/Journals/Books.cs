using System.Globalization;
using Coop.Ledger.Accounts;

namespace Coop.Ledger.Journals;

/// <summary>
/// The accounts that some journals touch, and the rules of posting on them. Journals are posted one
/// after another, each on the balances that the one before left; one transaction may load the books
/// once, post many journals and save once. Not thread-safe.
/// </summary>
public sealed class Books
{
    private readonly Dictionary<AccountId, AccountState> _accounts;
    private readonly HashSet<AccountId> _changed = [];

    private readonly Stack<(AccountId Id, AccountState Before)> _undo = new();
    private readonly List<Journal> _journals = [];

    /// <param name="last">The last folio of the books.</param>
    /// <param name="accounts">Every account that the journals may name; others are unknown.</param>
    public Books(Folio last, IEnumerable<AccountState> accounts)
    {
        Last = last;
        _accounts = accounts.ToDictionary(a => a.Account.Id);
    }

    /// <summary>The folio after which these journals come.</summary>
    public Folio Last { get; }

    /// <summary>The journals posted since the books were loaded, in their order.</summary>
    public IReadOnlyList<Journal> Journals => _journals;

    /// <summary>The accounts that postings changed since the books were loaded, in the order of their ids.</summary>
    public IReadOnlyList<AccountState> Changed =>
        [.. _changed.OrderBy(id => id.Value).Select(id => _accounts[id])];

    /// <summary>The account, as the journals posted so far left it.</summary>
    public AccountState this[AccountId id] => _accounts[id];

    /// <summary>Whether the account was loaded.</summary>
    public bool Has(AccountId id) => _accounts.ContainsKey(id);

    /// <summary>Takes in accounts that were not loaded before.</summary>
    public void Add(IEnumerable<AccountState> accounts)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        foreach (var account in accounts)
        {
            _accounts.Add(account.Account.Id, account);
        }
    }

    /// <summary>A place to come back to by <see cref="TakeBack"/>.</summary>
    public (int Journals, int Changes) Mark() => (_journals.Count, _undo.Count);

    /// <summary>Takes back what was posted since a mark, as if it had never been asked for.</summary>
    public void TakeBack((int Journals, int Changes) mark)
    {
        _journals.RemoveRange(mark.Journals, _journals.Count - mark.Journals);
        while (_undo.Count > mark.Changes)
        {
            var (id, before) = _undo.Pop();
            _accounts[id] = before;
        }

        _changed.Clear();
        _changed.UnionWith(_undo.Select(u => u.Id));
    }

    /// <summary>Posts a journal, or refuses it and leaves the books as they were.</summary>
    public PostingResult Post(
        JournalHead head, IReadOnlyList<PostingDraft> postings, Authority authority)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(postings);
        ArgumentNullException.ThrowIfNull(authority);
        return RefuseForm(postings)
            ?? RefuseAccounts(postings, authority)
            ?? UnitTotals.Refuse(postings.Select(p => (_accounts[p.Account].Account.Unit, p.Amount)))
            ?? RefuseDate(head)
            ?? PostBalanced(head, postings, []);
    }

    /// <summary>
    /// Posts what a pending journal promised, or a part of it, in place of what it reserved: a promise that
    /// was taken is kept, whatever became of the limits since.
    /// </summary>
    /// <param name="head">Of the journal that it becomes.</param>
    /// <param name="postings">What is posted.</param>
    /// <param name="reserved">What the pending journal reserved.</param>
    public PostingResult Settle(
        JournalHead head, IReadOnlyList<PostingDraft> postings, IReadOnlyList<PostingDraft> reserved)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(postings);
        ArgumentNullException.ThrowIfNull(reserved);
        var released = Nets(reserved).ToDictionary(n => n.Account, n => _accounts[n.Account].Release(n.Net));
        return RefuseDate(head) ?? PostBalanced(head, postings, released);
    }

    /// <summary>
    /// Reserves what a journal will move, or refuses it: it counts against floors and ceilings from now on,
    /// for the worse in both directions. The lines are those that the journal would have.
    /// </summary>
    public PostingResult Reserve(JournalHead head, IReadOnlyList<PostingDraft> postings, Authority authority)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(postings);
        ArgumentNullException.ThrowIfNull(authority);
        return RefuseForm(postings)
            ?? RefuseAccounts(postings, authority)
            ?? UnitTotals.Refuse(postings.Select(p => (_accounts[p.Account].Account.Unit, p.Amount)))
            ?? RefuseDate(head)
            ?? ReserveBalanced(head, postings);
    }

    /// <summary>Whether somebody may post these; every account was loaded.</summary>
    public bool MayPost(IReadOnlyList<PostingDraft> postings, Authority authority)
    {
        ArgumentNullException.ThrowIfNull(postings);
        ArgumentNullException.ThrowIfNull(authority);
        return postings.All(p => authority.Allows(_accounts[p.Account].Account, p.Amount));
    }

    /// <summary>Gives free what a pending journal reserved.</summary>
    public void Release(IReadOnlyList<PostingDraft> reserved)
    {
        ArgumentNullException.ThrowIfNull(reserved);
        Change(Nets(reserved).ToDictionary(n => n.Account, n => _accounts[n.Account].Release(n.Net)));
    }

    private PostingResult ReserveBalanced(JournalHead head, IReadOnlyList<PostingDraft> drafts)
    {
        var after = new Dictionary<AccountId, AccountState>();
        foreach (var (account, net) in Nets(drafts))
        {
            if (_accounts[account].Reserve(net) is not { } reserved)
            {
                return PostingResult.Refused(PostingOutcome.BalanceOverflow, account.ToString());
            }

            after[account] = reserved;
        }

        if (RefuseLimits(after) is { } refusal)
        {
            return refusal;
        }

        Change(after);
        var lines = new List<Posting>(drafts.Count);
        var sum = Amount.Zero;
        foreach (var draft in GroupedByUnit(drafts))
        {
            lines.Add(new Posting(
                lines.Count + 1, draft.Account, _accounts[draft.Account].Account.Unit, sum, draft.Amount, 0, Amount.Zero));
            sum += draft.Amount;
        }

        return PostingResult.Posted(new Journal(0, head, lines));
    }

    // What a journal moves on each account altogether; a partial sum of a unit fits, as UnitTotals saw.
    private static IEnumerable<(AccountId Account, Amount Net)> Nets(IReadOnlyList<PostingDraft> drafts) =>
        drafts.GroupBy(d => d.Account).Select(
            a => (a.Key, a.Aggregate(Amount.Zero, (sum, d) => sum + d.Amount)));

    private static PostingResult? RefuseForm(IReadOnlyList<PostingDraft> postings) =>
        postings.Count < LedgerLimits.MinPostings ? PostingResult.Refused(PostingOutcome.TooFewPostings)
        : postings.Count > LedgerLimits.MaxPostings ? PostingResult.Refused(PostingOutcome.TooManyPostings)
        : postings.Any(p => p.Amount == Amount.Zero) ? PostingResult.Refused(PostingOutcome.ZeroAmount)
        : null;

    private PostingResult? RefuseAccounts(IReadOnlyList<PostingDraft> postings, Authority authority)
    {
        foreach (var p in postings)
        {
            if (!_accounts.ContainsKey(p.Account))
            {
                return PostingResult.Refused(PostingOutcome.UnknownAccount, p.Account.ToString());
            }
        }

        foreach (var p in postings)
        {
            if (!authority.Allows(_accounts[p.Account].Account, p.Amount))
            {
                return PostingResult.Refused(PostingOutcome.NotAPayment, p.Account.ToString());
            }
        }

        foreach (var p in postings)
        {
            var account = _accounts[p.Account].Account;
            if (account.IsPlaceholder || account.IsClosed)
            {
                return PostingResult.Refused(
                    account.IsClosed ? PostingOutcome.AccountClosed : PostingOutcome.PlaceholderAccount, p.Account.ToString());
            }
        }

        return null;
    }

    private PostingResult? RefuseDate(JournalHead head) => head.EffectiveDate < Last.OpenFrom
        ? PostingResult.Refused(
            PostingOutcome.PeriodClosed, Last.OpenFrom.ToString("O", CultureInfo.InvariantCulture))
        : null;

    private PostingResult PostBalanced(
        JournalHead head, IReadOnlyList<PostingDraft> drafts, Dictionary<AccountId, AccountState> released)
    {
        var after = new Dictionary<AccountId, AccountState>(released);
        var lines = new List<Posting>(drafts.Count);
        var sum = Amount.Zero;
        // Every unit sums to zero, so one running sum serves them all in turn.
        foreach (var draft in GroupedByUnit(drafts))
        {
            var before = after.GetValueOrDefault(draft.Account) ?? _accounts[draft.Account];
            if (!before.Balance.TryAdd(draft.Amount, out var balance))
            {
                return PostingResult.Refused(PostingOutcome.BalanceOverflow, draft.Account.ToString());
            }

            var now = before with { Balance = balance, PostingCount = before.PostingCount + 1 };
            after[draft.Account] = now;
            lines.Add(new Posting(
                lines.Count + 1, draft.Account, now.Account.Unit, sum, draft.Amount, now.PostingCount, balance));
            sum += draft.Amount;
        }

        // What was reserved before has to stay possible.
        return RefuseBroken(after) ?? RefuseLimits(after) ?? Accept(new Journal(Last.NextNumber + _journals.Count, head, lines), after);
    }

    private IEnumerable<PostingDraft> GroupedByUnit(IReadOnlyList<PostingDraft> drafts) =>
        drafts.GroupBy(d => _accounts[d.Account].Account.Unit).SelectMany(unit => unit);

    private static PostingResult? RefuseBroken(Dictionary<AccountId, AccountState> after) =>
        after.Values.FirstOrDefault(a => !a.KeepsPromises) is { } broken
            ? PostingResult.Refused(PostingOutcome.BalanceOverflow, broken.Account.Id.ToString())
            : null;

    // A journal is one step: floors hold for what it leaves, not for the lines on the way.
    private PostingResult? RefuseLimits(Dictionary<AccountId, AccountState> after)
    {
        foreach (var (id, next) in after)
        {
            if (_accounts[id].BreaksFloor(next))
            {
                return PostingResult.Refused(PostingOutcome.BelowFloor, id.ToString());
            }
        }

        foreach (var (id, next) in after)
        {
            if (_accounts[id].BreaksCeiling(next))
            {
                return PostingResult.Refused(PostingOutcome.AboveCeiling, id.ToString());
            }
        }

        return null;
    }

    private PostingResult Accept(Journal journal, Dictionary<AccountId, AccountState> after)
    {
        Change(after);
        _journals.Add(journal);
        return PostingResult.Posted(journal);
    }

    private void Change(Dictionary<AccountId, AccountState> after)
    {
        foreach (var (id, state) in after)
        {
            _undo.Push((id, _accounts[id]));
            _accounts[id] = state;
            _changed.Add(id);
        }
    }
}
