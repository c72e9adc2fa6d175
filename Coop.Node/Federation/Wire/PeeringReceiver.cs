using Coop.Federation.Peering;
using Coop.Identity.Keys;
using Coop.Node.Database;
using Coop.Node.Http;
using Coop.Node.Identity;

namespace Coop.Node.Federation.Wire;

/// <summary>
/// Takes steps that peers send. Each is one write; a step that was taken before is answered again and changes
/// nothing, so that whoever lost the answer sends it again.
/// </summary>
public sealed class PeeringReceiver(
    Transactions transactions, NodeIdentity identity, OwnDescriptor own, PeeringBook book, PeerKeys keys, Peerings peerings, MessengerSignal messenger)
{
    /// <summary>How many proposals may wait for a secretary; of one DID there is at most one.</summary>
    public const int MaxWaiting = 100;

    /// <summary>
    /// How many proposals may come in a day and not begin. What is proposed and taken back at once does not wait,
    /// but stays in the log and in the database for good.
    /// </summary>
    public const int MaxProposalsADay = 200;

    /// <summary>A peering that somebody begins; it waits for our people.</summary>
    internal async Task<PeeringRecord> ProposeAsync(PinnedHistory caller, StepMessage message, CancellationToken ct)
    {
        var terms = message is { Number: 1, Step: { Step: PeeringStep.Proposed, Terms: { Terms.Version: 1 } brought } }
            ? brought
            : throw ProblemTypes.TermsInvalid.With("A peering begins with the first terms, as step 1.");
        var self = await own.ReadAsync(ct);
        await ReceivedTerms.CheckProposedAsync(terms, peeringId: null, caller.Did, self, () => IsSignedAsync(caller, terms, ct));
        return await WriteAsync((scope, c) => BeginAsync(scope, caller, message, c), ct);
    }

    /// <summary>A step of a peering that there is.</summary>
    internal async Task<PeeringRecord> TakeAsync(PinnedHistory caller, Guid id, StepMessage message, CancellationToken ct)
    {
        var record = await FindAsync(caller, id, ct);
        if (message.Number > record.TheirSteps)
        {
            await CheckTermsAsync(caller, record, message.Step, ct);
        }

        var wasOnTable = message.Step.Terms is { } terms && IsOnTable(record, terms);
        return await WriteAsync((scope, c) => FollowAsync(scope, id, message, wasOnTable, c), ct);
    }

    /// <summary>
    /// Keeps a signed step that contradicts the one that was taken under its number, with its event: the peer said two
    /// things, or its database was put back. The first few of a peering.
    /// </summary>
    internal Task<bool> KeepChangedAsync(PinnedHistory caller, Guid id, ChangedStep changed, CancellationToken ct) =>
        transactions.WriteAsync(
            async (scope, c) =>
            {
                var record = await PeeringStore.FindAsync(scope.Connection, id, c);
                if (record is null || record.PeerDid != caller.Did
                    || await ChangedStepStore.CountAsync(scope.Connection, id, c) >= ChangedStepStore.MaxKept
                    || !await ChangedStepStore.InsertAsync(scope.Transaction, id, changed, scope.Now, scope.FirstEventId, c))
                {
                    return false;
                }

                scope.Append(changed.Event(record), scope.FirstEventId);
                return true;
            },
            ct);

    /// <exception cref="RefusalException">There is none between this node and the caller.</exception>
    internal async Task<PeeringRecord> FindAsync(PinnedHistory caller, Guid id, CancellationToken ct) =>
        await transactions.ReadAsync((c, t) => PeeringStore.FindAsync(c, id, t), ct) is { } record && record.PeerDid == caller.Did
            ? record
            : throw ProblemTypes.NotFound.With("There is no such peering with you.");

    private async Task CheckTermsAsync(PinnedHistory caller, PeeringRecord record, OwnStep step, CancellationToken ct)
    {
        var self = await own.ReadAsync(ct);
        switch (step)
        {
            case { Step: PeeringStep.Proposed, Terms: { } terms }:
                await ReceivedTerms.CheckProposedAsync(terms, record.Id, caller.Did, self, () => IsSignedAsync(caller, terms, ct));
                break;
            // Ours were withdrawn meanwhile: what the peer signed counts for nothing, and need not be looked at.
            case { Step: PeeringStep.Accepted, Terms: { } terms } when !IsOnTable(record, terms):
                break;
            case { Step: PeeringStep.Accepted, Terms: { } terms }:
                await ReceivedTerms.CheckAcceptedAsync(terms, record.OnTable, self, () => IsSignedAsync(caller, terms, ct));
                break;
            case { Step: PeeringStep.Proposed or PeeringStep.Accepted }:
            case { Terms: not null }:
                throw ProblemTypes.TermsInvalid.With("Terms are proposed and accepted as a whole, and brought by no other step.");
        }
    }

    private async Task<PeeringRecord> BeginAsync(WriteScope scope, PinnedHistory caller, StepMessage message, CancellationToken ct)
    {
        var step = message.Step;
        var id = step.Terms!.Terms.PeeringId;
        if (await PeeringStore.FindAsync(scope.Connection, id, ct) is { } known)
        {
            return known.PeerDid == caller.Did && known.TheirSteps > 0
                ? await RequireSameAsync(scope, known, message, ct)
                : throw ProblemTypes.PeeringExists.With("That id is taken.");
        }

        await RequireRoomAsync(scope, caller.Did, ct);
        await GiveWayAsync(scope, caller.Did, ct);
        if (!await keys.PinAsync(scope, caller, ct))
        {
            throw ProblemTypes.PeerRefused.With("The DID's history does not continue the one that this co-op has seen before.");
        }

        return await book.ReceiveAsync(scope, PeeringRecord.New(step.Terms, caller.Did, scope.Now), step, ct);
    }

    private static async Task RequireRoomAsync(WriteScope scope, string did, CancellationToken ct)
    {
        if (await BlockStore.FindAsync(scope.Connection, did, ct) is not null)
        {
            throw ProblemTypes.PeerBlocked.With("Ask its people over another way.");
        }

        if (await PeeringStore.CountProposalsAsync(scope.Connection, ct) >= MaxWaiting)
        {
            throw ProblemTypes.TooManyProposals.With("Try again when they have been answered.").After(TimeSpan.FromHours(1));
        }

        if (await PeeringStore.CountProposalsAsync(scope.Connection, scope.Now.AddDays(-1), ct) >= MaxProposalsADay)
        {
            throw ProblemTypes.TooManyProposals.With("Too many came today; try again tomorrow.").After(TimeSpan.FromHours(1));
        }
    }

    // Two that propose to each other at once end with one peering: that of the first in the order of DIDs.
    private async Task GiveWayAsync(WriteScope scope, string did, CancellationToken ct)
    {
        if (await PeeringStore.FindOpenAsync(scope.Connection, did, ct) is not { } open)
        {
            return;
        }

        var isOurs = open.Standing is { Version: 0, Pending: { By: PeeringSide.Us, IsAccepted: false } };
        if (!isOurs || string.CompareOrdinal(identity.Did, did) < 0)
        {
            throw ProblemTypes.PeeringExists.With("Answer, change or end the one that there is.");
        }

        await book.TakeAsync(scope, open, new OwnStep(PeeringStep.Ended), PeeringBook.Node, ct);
    }

    private async Task<PeeringRecord> FollowAsync(
        WriteScope scope, Guid id, StepMessage message, bool wasOnTable, CancellationToken ct)
    {
        var record = await PeeringStore.FindAsync(scope.Connection, id, ct) ?? throw ProblemTypes.NotFound.With("There is no such peering.");
        if (message.Number <= record.TheirSteps)
        {
            return await RequireSameAsync(scope, record, message, ct);
        }

        if (message.Number > record.TheirSteps + 1)
        {
            throw ProblemTypes.StepOutOfOrder.With($"The next is step {record.TheirSteps + 1}.");
        }

        if (!PeeringRules.HasRoom(record.Standing, message.Step.Step, message.Number))
        {
            throw ProblemTypes.TooManySteps.With($"A side takes at most {PeeringRules.MaxTheirSteps} steps of the other.");
        }

        if (message.Step is { Step: PeeringStep.Accepted, Terms: { } accepted } && IsOnTable(record, accepted) != wasOnTable)
        {
            // The proofs were looked at, or not, for another standing.
            throw ProblemTypes.Busy.With("The terms changed at the same moment.");
        }

        if (message.Step.Step is PeeringStep.Accepted or PeeringStep.Activated && record.OnTable is { } onTable)
        {
            await PeeringConflicts.CheckOriginAsync(scope, record, onTable.Terms, ct);
        }

        var next = await book.ReceiveAsync(scope, record, message.Step, ct);
        return await AnswerAsync(scope, record, next, message.Step, ct);
    }

    private static bool IsOnTable(PeeringRecord record, SignedTerms terms) =>
        record.Standing.Pending is { By: PeeringSide.Us } pending && pending.Hash == terms.Terms.Hash;

    // A peer whose database was put back counts anew: its next step is not the one that this node has.
    private static async Task<PeeringRecord> RequireSameAsync(
        WriteScope scope, PeeringRecord record, StepMessage message, CancellationToken ct)
    {
        var known = await StepStore.FindAsync(scope.Connection, record.Id, PeeringSide.Them, message.Number, ct);
        return known is not null && message.IsSameAs(known)
            ? record
            : throw ProblemTypes.StepChanged.With($"Step {message.Number} was another one.");
    }

    /// <summary>What follows of itself: both signatures are here, or terms were overtaken.</summary>
    private Task<PeeringRecord> AnswerAsync(
        WriteScope scope, PeeringRecord before, PeeringRecord record, OwnStep step, CancellationToken ct) =>
        PeeringRules.AnswerTo(before.Standing, record.Standing, step.Step, step.Mention?.Hash) switch
        {
            (PeeringStep.Activated, var hash) => book.TakeAsync(
                scope, record, new OwnStep(PeeringStep.Activated) { TermsHash = hash }, PeeringBook.Node, ct),
            (_, var hash) => book.DeclineOvertakenAsync(scope, record, hash, ct),
            null => Task.FromResult(record),
        };

    private async Task<bool> IsSignedAsync(PinnedHistory caller, SignedTerms terms, CancellationToken ct)
    {
        if (terms.KeyIdOf(caller.Did) is not { } keyId
            || await keys.FindKeyAsync(caller, h => h.FindAssertionKey(keyId), ct) is not { } key)
        {
            return false;
        }

        VerificationKey? Find(string id) => id == keyId ? key : null;
        return terms.IsSignedBy(caller.Did, Find);
    }

    private async Task<PeeringRecord> WriteAsync(
        Func<WriteScope, CancellationToken, Task<PeeringRecord>> body, CancellationToken ct)
    {
        var record = await transactions.WriteAsync(body, ct);
        peerings.Forget();
        messenger.Wake();
        return record;
    }
}
