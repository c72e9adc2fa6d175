using System.Text.Json.Nodes;
using Coop.Federation.Log;
using Coop.Federation.Peering;
using Coop.Node.Database;
using Coop.Node.Identity;
using Coop.Node.Log;

namespace Coop.Node.Federation;

/// <summary>
/// Writes steps: the standing that follows, the step itself and its event, in the caller's transaction. Whatever
/// takes a step, people, the peer or evidence, comes through here.
/// </summary>
public sealed class PeeringBook(NodeIdentity identity)
{
    /// <summary>The actor of what no member does.</summary>
    public const string Node = "node";

    /// <summary>
    /// Whoever operates the node, at its command line: no account of the co-op. The log names <see cref="Node"/> as the
    /// actor, and the event says that it was the operator.
    /// </summary>
    public const string Operator = "operator";

    /// <summary>Takes a step of this side; the messenger sends it.</summary>
    /// <exception cref="PeeringException">It cannot follow.</exception>
    public async Task<PeeringRecord> TakeAsync(
        WriteScope scope, PeeringRecord record, OwnStep step, string actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(step);
        var next = Moved(record, PeeringSide.Us, step, scope.Now) with { OurSteps = record.OurSteps + 1 };
        await WriteAsync(scope, record, next, PeeringSide.Us, step, actor, ct);
        return next;
    }

    /// <summary>Takes a step of the peer, which has been checked.</summary>
    /// <exception cref="PeeringException">It cannot follow.</exception>
    public async Task<PeeringRecord> ReceiveAsync(
        WriteScope scope, PeeringRecord record, OwnStep step, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(step);
        var next = Moved(record, PeeringSide.Them, step, scope.Now) with { TheirSteps = record.TheirSteps + 1 };
        await WriteAsync(scope, record, next, PeeringSide.Them, step, Node, ct);
        return next;
    }

    /// <summary>Answers terms that were overtaken with a no, so that the peer does not wait for them.</summary>
    public async Task<PeeringRecord> DeclineOvertakenAsync(
        WriteScope scope, PeeringRecord record, string hash, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(record);
        var next = record with { OurSteps = record.OurSteps + 1 };
        var step = new OwnStep(PeeringStep.Declined) { TermsHash = hash };
        await WriteAsync(scope, record, next, PeeringSide.Us, step, Node, ct);
        return next;
    }

    private PeeringRecord Moved(PeeringRecord record, PeeringSide side, OwnStep step, DateTimeOffset now)
    {
        var isFirst = string.CompareOrdinal(identity.Did, record.PeerDid) < 0;
        var next = PeeringRules.Take(record.Standing, side, step.Step, step.Mention, isFirst);
        return record with
        {
            Standing = next,
            InForce = next.Version != record.Standing.Version ? record.OnTable : record.InForce,
            OnTable = OnTable(record, next, step),
            Since = next.State == record.Standing.State ? record.Since : now,
        };
    }

    // What ended before it began keeps its terms, so that people can still read what was offered.
    private static SignedTerms? OnTable(PeeringRecord record, PeeringStanding next, OwnStep step) =>
        step.Terms is { } brought && next.Pending?.Hash == brought.Terms.Hash ? brought
        : next.Pending is null && next.Version > 0 ? null
        : record.OnTable;

    private static async Task WriteAsync(
        WriteScope scope, PeeringRecord before, PeeringRecord next, PeeringSide side, OwnStep step, string actor,
        CancellationToken ct)
    {
        var isNew = before is { OurSteps: 0, TheirSteps: 0 };
        await (isNew
            ? PeeringStore.InsertAsync(scope.Transaction, next, ct)
            : PeeringStore.UpdateAsync(scope.Transaction, next, ct));
        var mention = step.Mention?.Hash ?? before.Standing.CurrentHash;
        var eventId = scope.Append(Event(next, side, step, mention, actor));
        var number = side == PeeringSide.Us ? next.OurSteps : next.TheirSteps;
        await StepStore.InsertAsync(
            scope.Transaction,
            new StepRow(next.Id, side, number, step.Step, mention, step.Terms, step.Reason, actor, scope.Now, eventId, null),
            ct);
    }

    /// <summary>Its payload is public, and so without what people wrote; specs/peering.md lists the members.</summary>
    private static EventDraft Event(PeeringRecord next, PeeringSide side, OwnStep step, string? hash, string actor)
    {
        var payload = new JsonObject
        {
            ["peering"] = next.Id.ToString("D"),
            ["peer"] = next.PeerDid,
            ["termsHash"] = hash,
            ["by"] = PeeringNames.Of(side),
            ["state"] = PeeringNames.Of(next.Standing.State),
        };
        if (step.Step == PeeringStep.Frozen && side == PeeringSide.Us)
        {
            payload["reason"] = step.Reason;
        }

        if (actor == Operator)
        {
            payload["via"] = "command-line";
        }

        if (step.History is { } history)
        {
            payload["history"] = history.DeepClone();
        }

        return new(TypeOf(step.Step, next), actor == Operator ? Node : actor, $"peering:{next.Id:D}", Visibility.Public, payload);
    }

    private static string TypeOf(PeeringStep step, PeeringRecord next) => step switch
    {
        PeeringStep.Proposed => EventTypes.PeeringProposed,
        PeeringStep.Accepted => EventTypes.PeeringAccepted,
        PeeringStep.Activated when next.Standing.Version > 1 => EventTypes.PeeringRenegotiated,
        PeeringStep.Activated => EventTypes.PeeringActivated,
        PeeringStep.Declined => EventTypes.PeeringDeclined,
        PeeringStep.Suspended => EventTypes.PeeringSuspended,
        PeeringStep.Resumed => EventTypes.PeeringResumed,
        PeeringStep.Frozen => EventTypes.PeeringFrozen,
        _ => EventTypes.PeeringEnded,
    };
}
