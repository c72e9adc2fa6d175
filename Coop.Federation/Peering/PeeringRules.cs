namespace Coop.Federation.Peering;

/// <summary>
/// Which step may follow on which standing. Pure; every row is in specs/peering.md, Steps.
/// </summary>
/// <remarks>
/// Steps of one side arrive in the order in which they were taken, but may cross with those of the other. So what
/// the peer sends is judged more mildly than what our own people ask for: a step that has been overtaken changes
/// nothing, and both sides end at the same standing.
/// </remarks>
public static class PeeringRules
{
    /// <summary>How many steps the people of one side take in a peering; then it is ended, and another begun.</summary>
    public const int MaxOwnSteps = 500;

    /// <summary>
    /// How many steps of the other side are taken: those of its people, and what its node answers to ours by itself.
    /// </summary>
    public const int MaxTheirSteps = 2 * MaxOwnSteps;

    /// <summary>
    /// Whether there is room for one more step of the peer. A freeze or an end that changes something always finds
    /// room: neither can be taken again and again.
    /// </summary>
    /// <param name="now">Where the peering stands.</param>
    /// <param name="step">The peer's step.</param>
    /// <param name="number">Its number.</param>
    public static bool HasRoom(PeeringStanding now, PeeringStep step, long number)
    {
        ArgumentNullException.ThrowIfNull(now);
        return number <= MaxTheirSteps
            || (!now.IsEnded && (step == PeeringStep.Ended || (step == PeeringStep.Frozen && now.TheirHold != PeeringHold.Frozen)));
    }

    /// <param name="now">Where the peering stands.</param>
    /// <param name="by">Who takes the step.</param>
    /// <param name="step">Which.</param>
    /// <param name="terms">The terms that it is about.</param>
    /// <param name="isOurDidFirst">
    /// Whether our DID comes before the peer's in the order of code points: where both propose at once, the terms
    /// of the first stand.
    /// </param>
    /// <returns>Where it stands then; the same where the step was overtaken.</returns>
    /// <exception cref="PeeringException">The step cannot follow.</exception>
    public static PeeringStanding Take(
        PeeringStanding now, PeeringSide by, PeeringStep step, TermsMention? terms, bool isOurDidFirst)
    {
        ArgumentNullException.ThrowIfNull(now);
        if (now.IsEnded)
        {
            // The peer did not know yet.
            return by == PeeringSide.Them ? now : throw Wrong("The peering has ended.");
        }

        return step switch
        {
            PeeringStep.Proposed => Propose(now, by, Required(terms), isOurDidFirst),
            PeeringStep.Accepted => Accept(now, by, Required(terms)),
            PeeringStep.Activated => Activate(now, by, Required(terms)),
            PeeringStep.Declined => Decline(now, by, Required(terms)),
            // What ended before it began keeps its terms, so that people can still read what was offered.
            PeeringStep.Ended => now with { IsEnded = true, Pending = now.Version == 0 ? now.Pending : null },
            _ when now.Version == 0 => throw Wrong("The peering has not begun."),
            PeeringStep.Suspended => Suspend(now, by),
            PeeringStep.Resumed => Resume(now, by),
            _ => Hold(now, by, PeeringHold.Frozen),
        };
    }

    /// <summary>
    /// The step with which this side answers a step of the peer by itself: both signatures are here, or the peer
    /// would wait for an answer to terms that are no longer on the table.
    /// </summary>
    /// <param name="before">Where the peering stood before the peer's step.</param>
    /// <param name="then">Where it stands after it.</param>
    /// <param name="received">The peer's step.</param>
    /// <param name="hash">The terms that it was about.</param>
    /// <returns><see cref="PeeringStep.Activated"/> or <see cref="PeeringStep.Declined"/>, and which terms; or null.</returns>
    public static (PeeringStep Step, string Hash)? AnswerTo(
        PeeringStanding before, PeeringStanding then, PeeringStep received, string? hash)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(then);
        return (received, before.Pending, then.Pending) switch
        {
            _ when then.IsEnded || hash is null => null,
            (PeeringStep.Accepted, _, { By: PeeringSide.Us, IsAccepted: true } pending) when pending.Hash == hash =>
                (PeeringStep.Activated, hash),
            (PeeringStep.Accepted, _, _) => (PeeringStep.Declined, hash),

            // Ours gave way; the peer may have withdrawn its own by the time that it sees ours.
            (PeeringStep.Proposed, { By: PeeringSide.Us } ours, { By: PeeringSide.Them }) => (PeeringStep.Declined, ours.Hash),
            _ => null,
        };
    }

    private static PeeringStanding Propose(PeeringStanding now, PeeringSide by, TermsMention terms, bool isOurDidFirst)
    {
        if (terms.Version != now.Version + 1 || terms.Previous != now.Hash)
        {
            throw new PeeringException(PeeringCodes.Version, "The terms do not follow those in force.");
        }

        var next = now with { Pending = new PendingTerms(terms.Hash, terms.Version, by, IsAccepted: false) };
        return (now.Pending, by) switch
        {
            (null, _) => next,
            ({ By: PeeringSide.Us }, PeeringSide.Them) when now.Version > 0 => isOurDidFirst ? now : next,
            _ => throw Wrong("There are terms on the table already."),
        };
    }

    private static PeeringStanding Accept(PeeringStanding now, PeeringSide by, TermsMention terms)
    {
        if (now.Pending is { } pending && pending.By != by && !pending.IsAccepted && pending.Hash == terms.Hash)
        {
            return now with { Pending = pending with { IsAccepted = true } };
        }

        return by == PeeringSide.Them && now.Version > 0
            ? now
            : throw new PeeringException(PeeringCodes.Terms, "These terms are not on the table.");
    }

    private static PeeringStanding Activate(PeeringStanding now, PeeringSide by, TermsMention terms) =>
        now.Pending is { IsAccepted: true } pending && pending.By == by && pending.Hash == terms.Hash
            ? now with { Version = pending.Version, Hash = pending.Hash, Pending = null }
            : throw new PeeringException(PeeringCodes.Terms, "These terms are not accepted.");

    private static PeeringStanding Decline(PeeringStanding now, PeeringSide by, TermsMention terms)
    {
        if (now.Version == 0)
        {
            throw Wrong("The first terms are declined by ending the peering.");
        }

        if (by == PeeringSide.Us && now.Pending is { By: PeeringSide.Them, IsAccepted: true })
        {
            // The signature is out, and may be in force over there by now.
            throw Wrong("These terms have been accepted; propose others once they are in force.");
        }

        return now.Pending?.Hash == terms.Hash ? now with { Pending = null }
            : by == PeeringSide.Them ? now
            : throw new PeeringException(PeeringCodes.Terms, "These terms are not on the table.");
    }

    private static PeeringStanding Suspend(PeeringStanding now, PeeringSide by) =>
        HoldOf(now, by) == PeeringHold.None ? Hold(now, by, PeeringHold.Suspended)
        : by == PeeringSide.Them ? now
        : throw Wrong("The peering is held back already.");

    private static PeeringStanding Resume(PeeringStanding now, PeeringSide by) =>
        HoldOf(now, by) != PeeringHold.None || by == PeeringSide.Them
            ? Hold(now, by, PeeringHold.None)
            : throw Wrong(now.TheirHold == PeeringHold.None
                ? "The peering is not held back."
                : "The other co-op holds the peering back; only its own people can end that.");

    private static PeeringHold HoldOf(PeeringStanding now, PeeringSide by) =>
        by == PeeringSide.Us ? now.OurHold : now.TheirHold;

    private static PeeringStanding Hold(PeeringStanding now, PeeringSide by, PeeringHold hold) =>
        by == PeeringSide.Us ? now with { OurHold = hold } : now with { TheirHold = hold };

    private static TermsMention Required(TermsMention? terms) =>
        terms ?? throw new PeeringException(PeeringCodes.Terms, "The step names no terms.");

    private static PeeringException Wrong(string message) => new(PeeringCodes.State, message);
}
