using System.Text.Json.Nodes;
using Coop.Federation.Log.Notes;
using Coop.Federation.Peering;
using Coop.Federation.Replication;
using Coop.Node.Database;
using Coop.Node.Federation.Replication;
using Coop.Node.Http;

namespace Coop.Node.Federation;

/// <summary>
/// What people decide when they resume a peering that evidence froze: which history of the peer's log counts. It is
/// one write with the step that resumes.
/// </summary>
internal static class HistoryDecision
{
    /// <summary>
    /// Takes the decision. Where the history is chosen that is served now, the copy is kept aside as it is, and the
    /// next visit begins another.
    /// </summary>
    /// <returns>What the event says; null where there is nothing to decide.</returns>
    /// <exception cref="RefusalException">A decision is missing, or there is nothing to decide.</exception>
    public static async Task<JsonObject?> TakeAsync(
        WriteScope scope, PeeringRecord record, HistoryChoice? choice, CancellationToken ct)
    {
        if (record.Standing.OurHold != PeeringHold.Frozen)
        {
            return choice is null
                ? null
                : throw ProblemTypes.PeeringState.With("This co-op has not frozen the peering; there is no history to choose.");
        }

        if (choice is not { } chosen)
        {
            throw Fields.Invalid("history", "is needed, since evidence froze the peering: served or kept.");
        }

        var origin = record.Peer.LogOrigin;
        var last = await HistoryChoiceTable.FindAsync(scope.Connection, origin, ct) ?? new(0, chosen, 0);
        var undecided = await EvidenceTable.ListUndecidedAsync(scope.Connection, origin, ct);
        var copy = await MirrorTable.ReadAsync(scope.Connection, origin, last.History, ct);
        var row = new HistoryChoiceTable.Row(
            last.Number + 1, chosen, chosen == HistoryChoice.Served ? last.History + 1 : last.History);
        await HistoryChoiceTable.AddAsync(scope.Transaction, origin, row, record.Id, record.OurSteps + 1, ct);
        if (chosen == HistoryChoice.Served)
        {
            await RecordedCheckpointTable.ForgetAsync(scope.Transaction, origin, ct);
            await PendingCheckpointTable.ForgetAsync(scope.Transaction, origin, ct);
        }

        return new JsonObject
        {
            ["choice"] = PeeringNames.Of(chosen),
            ["copy"] = Copy(origin, last.History, copy),
            ["evidence"] = new JsonArray([.. undecided.Select(id => (JsonNode)id)]),
        };
    }

    private static JsonObject? Copy(string origin, long history, MirrorState copy) => copy.Accepted is not { } note ? null : new()
    {
        ["id"] = MirrorKey.IdOf(origin, history),
        ["size"] = copy.AcceptedSize,
        ["root"] = Convert.ToBase64String(Checkpoint.Parse(note.Text).Root.Span),
    };
}
