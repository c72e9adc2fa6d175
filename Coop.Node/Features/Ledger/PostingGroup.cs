using Coop.Ledger.Journals;
using Coop.Node.Database;
using Coop.Node.Idempotency;
using Npgsql;

namespace Coop.Node.Features.Ledger;

/// <summary>
/// Orders that share one attempt of one transaction: two round trips, one more where some take others back,
/// and one more where keys come again.
/// </summary>
internal sealed class PostingGroup(WriteScope scope, IReadOnlyList<PostingOrder> orders)
{
    private readonly List<Accepted> _accepted = [];
    private readonly Dictionary<(Guid Member, string Key), IdempotencyStore.Kept> _given = [];
    private Dictionary<JournalId, ReversalStore.Original> _originals = [];
    private Books _books = null!;

    public async Task<IReadOnlyList<IReadOnlyList<PostingReply>>> WriteAsync(CancellationToken ct)
    {
        var items = orders.SelectMany(o => o.Items).ToList();
        await LoadOriginalsAsync(items, ct);
        await LoadGivenAsync(await LoadAsync(items, ct), ct);
        var replies = orders.Select(o => o.Chains().SelectMany(c => Post(c.Items, c.IsClosed)).ToList()).ToList();
        foreach (var (item, journal, postings, _) in _accepted)
        {
            scope.Append(LedgerEvents.JournalPosted(item.Actor, journal, postings), journal.Head.EventId);
        }

        if (_accepted.Count > 0)
        {
            scope.Defer(IdempotencyStore.Add([.. _accepted.Select(a => (a.Item.Once, a.Answer))], scope.Now));
        }

        return replies;
    }

    private async Task LoadOriginalsAsync(List<PostingItem> items, CancellationToken ct)
    {
        var reversed = items.Where(i => i.Draft.Reverses is not null).Select(i => i.Draft.Reverses!.Value).ToList();
        if (reversed.Count > 0)
        {
            _originals = await ReversalStore.FindAsync(scope.Transaction, reversed, ct);
        }
    }

    /// <summary>Answers which of the items' keys have been used already.</summary>
    private async Task<List<(Guid Member, string Key)>> LoadAsync(List<PostingItem> items, CancellationToken ct)
    {
        var accounts = items.SelectMany(PostingsOf).Select(p => p.Account);
        await using var batch = new NpgsqlBatch(scope.Connection, scope.Transaction);
        batch.BatchCommands.Add(IdempotencyStore.FindUsed(items.Select(i => i.Once)));
        foreach (var command in BooksStore.Loading(accounts))
        {
            batch.BatchCommands.Add(command);
        }

        await using var reader = await batch.ExecuteReaderAsync(ct);
        var used = await IdempotencyStore.ReadUsedAsync(reader, ct);
        await reader.NextResultAsync(ct);
        _books = OpenBooks.Of(scope).Use(await BooksStore.ReadAsync(reader, ct));
        return used;
    }

    private async Task LoadGivenAsync(List<(Guid Member, string Key)> used, CancellationToken ct)
    {
        if (used.Count > 0)
        {
            foreach (var (name, kept) in await IdempotencyStore.FindAsync(scope.Transaction, used, ct))
            {
                _given.Add(name, kept);
            }
        }
    }

    /// <summary>Items that stand or fall together.</summary>
    private IEnumerable<PostingReply> Post(IReadOnlyList<PostingItem> chain, bool isClosed)
    {
        if (!isClosed)
        {
            return Failed(chain, chain.Count - 1, new PostingReply(PostingOutcome.LinkOpen));
        }

        var (mark, accepted) = (_books.Mark(), _accepted.Count);
        var replies = new List<PostingReply>(chain.Count);
        foreach (var item in chain)
        {
            var reply = Post(item);
            if (reply.Outcome != PostingOutcome.Posted)
            {
                TakeBack(mark, accepted);
                return Failed(chain, replies.Count, reply);
            }

            replies.Add(reply);
        }

        return replies;
    }

    private static IEnumerable<PostingReply> Failed(
        IReadOnlyList<PostingItem> chain, int culprit, PostingReply reply) =>
        chain.Select((_, i) => i == culprit ? reply : new PostingReply(PostingOutcome.LinkedFailed));

    private void TakeBack((int Journals, int Changes) mark, int accepted)
    {
        _books.TakeBack(mark);
        foreach (var undone in _accepted[accepted..])
        {
            _given.Remove(NameOf(undone.Item));
        }

        _accepted.RemoveRange(accepted, _accepted.Count - accepted);
    }

    private PostingReply Post(PostingItem item)
    {
        if (_given.TryGetValue(NameOf(item), out var kept))
        {
            return kept.IsOf(item.Once)
                ? new PostingReply(PostingOutcome.Posted, null, kept.Answer, Replayed: true)
                : new PostingReply(PostingOutcome.KeyReused);
        }

        if (RefuseReversal(item.Draft) is { } refusal)
        {
            return refusal;
        }

        // The first event has the operation's own id, and so has what only may become the first.
        var eventId = _accepted.Count == 0 ? scope.FirstEventId : scope.NewId();
        var head = item.Draft.Head(new(scope.NewId()), eventId, scope.Now, item.BookedBy);
        var postings = PostingsOf(item);
        var result = _books.Post(head, postings, item.Authority);
        return result.Journal is { } journal
            ? Accept(item, journal, postings)
            : new PostingReply(result.Outcome, result.Culprit);
    }

    private PostingReply? RefuseReversal(JournalDraft draft) => draft.Reverses is not { } id
        ? null
        : !_originals.TryGetValue(id, out var original)
            ? new PostingReply(PostingOutcome.UnknownJournal, id.ToString())
            : original.IsReversed || _accepted.Exists(a => a.Journal.Head.Reverses == id)
                ? new PostingReply(PostingOutcome.AlreadyReversed, id.ToString())
                : null;

    private PostingReply Accept(PostingItem item, Journal journal, IReadOnlyList<PostingDraft> postings)
    {
        var answer = PostJournal.Answer(journal);
        _accepted.Add(new(item, journal, postings, answer));
        _given.Add(NameOf(item), new(item.Once.Hash.ToArray(), answer));
        return new PostingReply(PostingOutcome.Posted, null, answer);
    }

    private IReadOnlyList<PostingDraft> PostingsOf(PostingItem item) => item.Draft.Reverses is { } id
        ? _originals.GetValueOrDefault(id)?.Opposite ?? []
        : item.Draft.Postings;

    private static (Guid Member, string Key) NameOf(PostingItem item) => (item.Once.MemberId, item.Once.Key.Value);

    private sealed record Accepted(
        PostingItem Item, Journal Journal, IReadOnlyList<PostingDraft> Postings, IdempotentAnswer Answer);
}
