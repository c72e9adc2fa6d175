using Coop.Ledger.Journals;
using Coop.Node.Idempotency;

namespace Coop.Node.Features.Shares;

/// <summary>What was posted for shares.</summary>
/// <param name="JournalId">The journal.</param>
/// <param name="Number">Its number in the books.</param>
/// <param name="PaidMinor">The money that moved, in minor units.</param>
/// <param name="EventId">The event of the shares.</param>
public sealed record ShareAnswer(Guid JournalId, long Number, long PaidMinor, Guid EventId)
{
    internal static IdempotentAnswer Of(Journal journal, long paidMinor, Guid eventId) => IdempotentAnswer.Created(
        $"/api/ledger/journals/{journal.Head.Id}",
        new ShareAnswer(journal.Head.Id.Value, journal.Number, paidMinor, eventId));
}
