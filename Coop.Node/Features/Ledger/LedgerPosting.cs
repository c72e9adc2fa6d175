using Coop.Ledger.Journals;
using Coop.Node.Database;

namespace Coop.Node.Features.Ledger;

/// <summary>The one way into the books, for every feature that posts inside a write of its own.</summary>
public static class LedgerPosting
{
    /// <summary>
    /// Posts a journal with its event <c>journal.posted</c>; both are durable with the write. One write
    /// may post several journals, each on the balances that the one before left.
    /// </summary>
    /// <param name="scope">The write.</param>
    /// <param name="actor">Who acts, as the log calls them.</param>
    /// <param name="head">
    /// Its id is <see cref="WriteScope.NewId"/>, its event <see cref="WriteScope.NextEventId"/>, both taken
    /// just before.
    /// </param>
    /// <param name="postings">2 to 1,000, which sum to zero in each unit.</param>
    /// <param name="authority">What the actor may post.</param>
    /// <param name="ct">Ends the attempt.</param>
    /// <returns>The journal as it was posted.</returns>
    /// <exception cref="Http.RefusalException">It is refused; the write leaves nothing.</exception>
    public static async Task<Journal> PostAsync(
        WriteScope scope, string actor, JournalHead head, IReadOnlyList<PostingDraft> postings,
        Authority authority, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(postings);
        var books = await OpenBooks.Of(scope).LoadAsync(postings.Select(p => p.Account), ct);
        var result = books.Post(head, postings, authority);
        var journal = result.Journal ?? throw LedgerProblems.Of(result);
        scope.Append(LedgerEvents.JournalPosted(actor, journal, postings), head.EventId);
        return journal;
    }
}
