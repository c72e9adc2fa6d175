using Coop.Ledger;
using Coop.Ledger.Journals;
using Coop.Ledger.Pending;
using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Ledger;

/// <summary>How pending journals end: each end is a row and an event of its own, and comes once.</summary>
internal static class PendingEnding
{
    /// <summary>The pending journal, if it is open and its time is not over.</summary>
    /// <exception cref="RefusalException">It is not there, not the caller's to end, or has ended.</exception>
    public static async Task<PendingJournal> RequireAsync(
        WriteScope scope, CurrentMember me, Guid id, CancellationToken ct)
    {
        var pending = await PendingStore.FindAsync(scope.Transaction, new(id), ct)
            ?? throw ProblemTypes.NotFound.With("There is no such pending journal.");
        if (!me.KeepsBooks && pending.Head.BookedBy != new MemberId(me.Id))
        {
            throw ProblemTypes.Forbidden.With("Another member reserved this.");
        }

        return pending.IsOver(scope.Now)
            ? throw ProblemTypes.PendingOver.With(pending.State == PendingState.Pending
                ? "Its time is over."
                : $"It was {LedgerEvents.Name(pending.State)} already.")
            : pending;
    }

    /// <summary>Gives free what was reserved, and notes how it ended.</summary>
    public static async Task<Guid> ReleaseAsync(
        WriteScope scope, PendingJournal pending, PendingState outcome, string actor, MemberId? by, CancellationToken ct)
    {
        var books = await OpenBooks.Of(scope).LoadAsync(pending.Postings.Select(p => p.Account), ct);
        books.Release(pending.Postings);
        return Note(scope, pending, outcome, null, actor, by);
    }

    /// <summary>Posts what was reserved, or a part of it, in its place.</summary>
    /// <exception cref="RefusalException">It cannot be posted.</exception>
    public static async Task<Journal> PostAsync(
        WriteScope scope, CurrentMember me, PendingJournal pending, IReadOnlyList<PostingDraft> postings,
        DateOnly effectiveDate, CancellationToken ct)
    {
        var books = await OpenBooks.Of(scope).LoadAsync(pending.Postings.Select(p => p.Account), ct);
        // Whoever has lost the office since may still give up what they reserved in it, and not book it.
        if (!books.MayPost(postings, PostJournal.AuthorityOf(me)))
        {
            throw ProblemTypes.Forbidden.With("Only who keeps the books may post this.");
        }

        var head = pending.Head with
        {
            Id = new(scope.NewId()),
            EventId = scope.NextEventId(),
            EffectiveDate = effectiveDate,
            BookedAt = scope.Now,
            BookedBy = new(me.Id),
        };
        var result = books.Settle(head, postings, pending.Postings);
        var journal = result.Journal ?? throw LedgerProblems.Of(result);
        scope.Append(LedgerEvents.JournalPosted(me.Actor, journal, postings), head.EventId);
        Note(scope, pending, PendingState.Posted, head.Id, me.Actor, new(me.Id));
        return journal;
    }

    private static Guid Note(
        WriteScope scope, PendingJournal pending, PendingState outcome, JournalId? journal, string actor, MemberId? by)
    {
        var eventId = scope.Append(PendingEvents.Ended(actor, pending.Head.Id, outcome, journal));
        foreach (var command in PendingStore.End(pending.Head.Id, outcome, journal, eventId, scope.Now, by))
        {
            scope.Defer(command);
        }

        return eventId;
    }
}
