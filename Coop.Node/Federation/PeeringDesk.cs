using Coop.Federation.Peering;
using Coop.Federation.Replication;
using Coop.Node.Database;
using Coop.Node.Http;
using Coop.Node.Identity;

namespace Coop.Node.Federation;

/// <summary>
/// What this co-op's people do with peerings. Each is one write with its event; the messenger then tells the peer.
/// </summary>
public sealed class PeeringDesk(
    Transactions transactions,
    NodeIdentity identity,
    OwnDescriptor own,
    PeerDiscovery discovery,
    PeerKeys keys,
    PeeringBook book,
    Peerings peerings,
    MessengerSignal messenger,
    TimeProvider time)
{
    /// <summary>Signs first terms, and puts them to another co-op.</summary>
    /// <param name="addressOrDid">Whom.</param>
    /// <param name="ours">What this co-op would let the other do.</param>
    /// <param name="theirs">What it asks for.</param>
    /// <param name="fingerprint">What people compared; null where they did not.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="ct">Cancels it before the write.</param>
    /// <exception cref="RefusalException">There is a peering, or the other is no node that holds together.</exception>
    public async Task<PeeringRecord> ProposeAsync(
        string addressOrDid, PeeringGrant ours, PeeringGrant theirs, string? fingerprint, string actor, CancellationToken ct)
    {
        var found = await discovery.FindAsync(addressOrDid, ct);
        var self = await own.ReadAsync(ct);
        if (found.Who.Did == self.Did)
        {
            throw ProblemTypes.InvalidField.At("peer", "This is our own node.");
        }

        if (fingerprint is not null && fingerprint != PeerFingerprint.Of(self, found.Who))
        {
            throw ProblemTypes.PeerRefused.With("The fingerprint is not the one that was compared: somebody may stand in between.");
        }

        var id = Guid.CreateVersion7(time.GetUtcNow());
        var terms = Signed(new PeeringTerms(id, 1, null, Now(), new(self, ours), new(found.Who, theirs)));
        return await WriteAsync((scope, c) => BeginAsync(scope, terms, found, actor, c), ct);
    }

    /// <summary>Signs what the other co-op proposed: the first terms or others.</summary>
    /// <param name="id">The peering.</param>
    /// <param name="termsHash">The terms that people have read.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="ct">Cancels it before the write.</param>
    public async Task<PeeringRecord> AcceptAsync(Guid id, string termsHash, string actor, CancellationToken ct)
    {
        var record = await ReadAsync(id, ct);
        var terms = record.Standing.Pending is { By: PeeringSide.Them, IsAccepted: false } pending && pending.Hash == termsHash
            ? record.OnTable!
            : throw ProblemTypes.PeeringTermsChanged.With("Look at the terms again.");
        await discovery.CheckAsync(terms.Terms.Proposer.Who, ct);
        CheckSelf(terms.Terms, await own.ReadAsync(ct));
        var signer = identity.AssertionSigner;
        var signed = terms.Sign(signer.Key, signer.KeyId, Now());
        return await WriteAsync(
            async (scope, c) =>
            {
                var current = WithRoom(await FindAsync(scope, id, c), new OwnStep(PeeringStep.Accepted));
                await PeeringConflicts.CheckOriginAsync(scope, current, signed.Terms, c);
                return await book.TakeAsync(scope, current, new OwnStep(PeeringStep.Accepted) { Terms = signed }, actor, c);
            },
            ct);
    }

    /// <summary>Signs other terms than those in force, and puts them to the peer; those in force stay until it has signed.</summary>
    public async Task<PeeringRecord> RenegotiateAsync(
        Guid id, PeeringGrant ours, PeeringGrant theirs, string actor, CancellationToken ct)
    {
        var record = await ReadAsync(id, ct);
        if (record.InForce is not { } inForce)
        {
            throw ProblemTypes.PeeringState.With("There are no terms in force yet.");
        }

        var self = await own.ReadAsync(ct);
        var terms = Signed(new PeeringTerms(
            id, inForce.Terms.Version + 1, inForce.Terms.Hash, Now(), new(self, ours), new(record.Peer, theirs)));
        return await StepAsync(id, new OwnStep(PeeringStep.Proposed) { Terms = terms }, actor, ct);
    }

    /// <summary>Takes our new terms back, or says no to those of the peer.</summary>
    public Task<PeeringRecord> DeclineAsync(Guid id, string termsHash, string actor, CancellationToken ct) =>
        StepAsync(id, new OwnStep(PeeringStep.Declined) { TermsHash = termsHash }, actor, ct);

    /// <summary>Holds a peering back for a while.</summary>
    public Task<PeeringRecord> SuspendAsync(Guid id, string? reason, string actor, CancellationToken ct) =>
        StepAsync(id, new OwnStep(PeeringStep.Suspended) { Reason = reason }, actor, ct);

    /// <summary>Ends our own hold, also one for evidence.</summary>
    /// <param name="id">The peering.</param>
    /// <param name="reason">What our people say about it.</param>
    /// <param name="history">Which history of the peer's log counts, where evidence froze the peering; else null.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="ct">Cancels it before the write.</param>
    public Task<PeeringRecord> ResumeAsync(
        Guid id, string? reason, HistoryChoice? history, string actor, CancellationToken ct) => WriteAsync(
        async (scope, c) =>
        {
            var record = WithRoom(await FindAsync(scope, id, c), new OwnStep(PeeringStep.Resumed));
            var step = new OwnStep(PeeringStep.Resumed) { Reason = reason };
            var chosen = await HistoryDecision.TakeAsync(scope, record, history, c);
            return await book.TakeAsync(scope, record, step with { History = chosen }, actor, c);
        },
        ct);

    /// <summary>Ends a peering for good, or says no to a proposal.</summary>
    public Task<PeeringRecord> EndAsync(Guid id, string? reason, string actor, CancellationToken ct) =>
        StepAsync(id, new OwnStep(PeeringStep.Ended) { Reason = reason }, actor, ct);

    /// <exception cref="RefusalException">The step cannot follow, or there is no such peering.</exception>
    private Task<PeeringRecord> StepAsync(Guid id, OwnStep step, string actor, CancellationToken ct) => WriteAsync(
        async (scope, c) => await book.TakeAsync(scope, WithRoom(await FindAsync(scope, id, c), step), step, actor, c), ct);

    // An end always finds room.
    private static PeeringRecord WithRoom(PeeringRecord record, OwnStep step) =>
        record.OurSteps < PeeringRules.MaxOwnSteps || step.Step == PeeringStep.Ended
            ? record
            : throw ProblemTypes.TooManySteps.With($"Our side has taken {record.OurSteps} steps.");

    private async Task<PeeringRecord> BeginAsync(
        WriteScope scope, SignedTerms terms, PeerDiscovery.Found found, string actor, CancellationToken ct)
    {
        if (await PeeringStore.FindOpenAsync(scope.Connection, found.Who.Did, ct) is not null)
        {
            throw ProblemTypes.PeeringExists.With("Accept, reject, change or end the one that there is.");
        }

        if (!await keys.PinAsync(scope, found.History, ct))
        {
            throw ProblemTypes.PeerRefused.With("The DID's history does not continue the one that this co-op has seen before.");
        }

        var record = PeeringRecord.New(terms, found.Who.Did, scope.Now);
        await PeeringConflicts.CheckOriginAsync(scope, record, terms.Terms, ct);
        return await book.TakeAsync(scope, record, new OwnStep(PeeringStep.Proposed) { Terms = terms }, actor, ct);
    }

    private async Task<PeeringRecord> WriteAsync(
        Func<WriteScope, CancellationToken, Task<PeeringRecord>> body, CancellationToken ct)
    {
        try
        {
            var record = await transactions.WriteAsync(body, ct);
            peerings.Forget();
            messenger.WakeNow();
            return record;
        }
        catch (PeeringException e)
        {
            throw PeerProblems.Of(e);
        }
    }

    private async Task<PeeringRecord> ReadAsync(Guid id, CancellationToken ct) =>
        await transactions.ReadAsync((c, t) => PeeringStore.FindAsync(c, id, t), ct) ?? throw Missing();

    private static async Task<PeeringRecord> FindAsync(WriteScope scope, Guid id, CancellationToken ct) =>
        await PeeringStore.FindAsync(scope.Connection, id, ct) ?? throw Missing();

    private static void CheckSelf(PeeringTerms terms, PeerDescriptor self)
    {
        if (terms.Other.Who with { Name = self.Name } != self)
        {
            throw ProblemTypes.TermsInvalid.With("The terms describe this co-op otherwise than it is: its address or keys.");
        }
    }

    private SignedTerms Signed(PeeringTerms terms)
    {
        var signer = identity.AssertionSigner;
        try
        {
            return SignedTerms.Draft(terms).Sign(signer.Key, signer.KeyId, Now());
        }
        catch (PeeringException e)
        {
            throw PeerProblems.Of(e);
        }
    }

    // Documents have whole seconds.
    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());

    private static RefusalException Missing() => ProblemTypes.NotFound.With("There is no such peering.");
}
