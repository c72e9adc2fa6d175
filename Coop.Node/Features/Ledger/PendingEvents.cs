using System.Globalization;
using System.Text.Json.Nodes;
using Coop.Federation.Log;
using Coop.Ledger.Journals;
using Coop.Ledger.Pending;
using Coop.Node.Log;

namespace Coop.Node.Features.Ledger;

/// <summary>The events of pending journals; specs/ledger.md lists their payloads.</summary>
internal static class PendingEvents
{
    public static EventDraft Reserved(
        string actor, JournalHead head, IReadOnlyList<PostingDraft> postings, DateTimeOffset? expiresAt) => new(
        EventTypes.JournalReserved, actor, $"pending:{head.Id}", Visibility.Members,
        new JsonObject
        {
            ["pendingId"] = head.Id.ToString(),
            ["memo"] = head.Memo,
            ["reference"] = head.Reference,
            ["attachments"] = new JsonArray([.. head.Attachments.Select(a => (JsonNode)a.Hash)]),
            ["effectiveDate"] = head.EffectiveDate.ToString("O", CultureInfo.InvariantCulture),
            ["expiresAt"] = expiresAt?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            ["postings"] = LedgerEvents.Payload(postings),
        });

    /// <param name="actor">Who ends it.</param>
    /// <param name="pending">What ends.</param>
    /// <param name="outcome">How.</param>
    /// <param name="journal">What was posted of it.</param>
    public static EventDraft Ended(string actor, JournalId pending, PendingState outcome, JournalId? journal) => new(
        EventTypes.JournalReservationEnded, actor, $"pending:{pending}", Visibility.Members,
        new JsonObject
        {
            ["pendingId"] = pending.ToString(),
            ["outcome"] = LedgerEvents.Name(outcome),
            ["journalId"] = journal?.ToString(),
        });
}
