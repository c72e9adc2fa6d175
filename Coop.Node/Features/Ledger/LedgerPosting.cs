using Coop.Ledger.Journals;
using Coop.Node.Database;

namespace Coop.Node.Features.Ledger;

/// <summary>The one way into the books, for every feature that posts inside a write of its own.</summary>
public static class LedgerPosting
{
    /// <summary>
    /// Posts a journal with its event <c>journal.posted</c>; both are durable with the write. One write
    /// may post several journals, if no two of them touch the same account.
    /// </summary>
    /// <param name="scope">The write.</param>
    /// <param name="actor">Who acts, as the log calls them.</param>
    /// <param name="head">
    /// Its id is <see cref="WriteScope.NewId"/>, its event <see cref="WriteScope.NextEventId"/>, both taken
    /// just before.
    /// </param>
    /// <param name="postings">2 to 100, which sum to zero in each unit.</param>
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
        var books = await BooksStore.LoadAsync(scope.Transaction, postings.Select(p => p.Account), ct);
        var result = books.Post(head, postings, authority);
        var journal = result.Journal ?? throw LedgerProblems.Of(result);
        foreach (var command in BooksStore.Save(books, [journal]))
        {
            scope.Defer(command);
        }

        scope.Append(LedgerEvents.JournalPosted(actor, head, postings), head.EventId);
        return journal;
    }
}
