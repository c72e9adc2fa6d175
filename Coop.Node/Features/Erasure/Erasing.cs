using Coop.Federation.Log;
using Coop.Node.Database;
using Coop.Node.Features.Claims;
using Coop.Node.Features.Commons;
using Coop.Node.Features.Outbox;
using Coop.Node.Governance;
using Coop.Node.Http;
using Coop.Node.Log;

namespace Coop.Node.Features.Erasure;

/// <summary>
/// Erases the content of an event within a write: payload and salt, the event that says so, and what the peers that
/// hold it are to be told. The entry stays, so every hash does.
/// </summary>
internal static class Erasing
{
    /// <param name="Reason">Why.</param>
    /// <param name="IsLegalRequest">Whether whom it is about has asked for it by law.</param>
    public sealed record Ground(string Reason, bool IsLegalRequest);

    /// <returns>The event <c>payload.erased</c>.</returns>
    /// <exception cref="RefusalException">There is no such event, or it may not be erased, or it was.</exception>
    public static async Task<Guid> EraseAsync(
        WriteScope scope, CurrentMember me, Guid eventId, Ground ground, CancellationToken ct)
    {
        var (entry, payload) = await RequireAsync(scope, me, eventId, ground.IsLegalRequest, ct);
        await RequireFreeAsync(scope, entry, ct);
        await EventStore.EraseAsync(scope.Transaction, eventId, ct);
        var hash = entry.PayloadHash.ToArray();
        var erased = scope.Append(ErasureEvents.Erased(eventId, hash, ground, me.Actor));
        await ErasureStore.InsertAsync(scope.Transaction, new(eventId, hash, ground.Reason, scope.Now, erased), ct);
        await CommonsItemStore.WithdrawOfEventAsync(scope.Transaction, eventId, scope.Now, erased, ct);
        foreach (var peerDid in await CommonsFetchStore.ListAsync(scope.Connection, eventId, ct))
        {
            await ErasureStore.InsertNoticeAsync(scope.Transaction, eventId, peerDid.Did, peerDid.Name, ct);
            await OutboxStore.AddAsync(scope, peerDid.Did, OutboxKinds.Erasure, eventId, ct);
        }

        await WithdrawClaimsAsync(scope, entry, me.Actor, ct);
        return erased;
    }

    private static async Task<(LogEntry Entry, EventPayload Payload)> RequireAsync(
        WriteScope scope, CurrentMember me, Guid eventId, bool isLegalRequest, CancellationToken ct)
    {
        var found = await EventStore.FindAsync(scope.Connection, eventId, ct)
            ?? throw ProblemTypes.NotFound.With("The log has no such event.");
        if (found.Entry is not { } bytes || !LogEntry.TryParse(bytes, out var entry))
        {
            throw ProblemTypes.NotYetInLog.With("Wait until the event has its place in the log.");
        }

        var isActor = entry!.Actor == me.Actor;
        if (!ErasureRules.IsAllowed(entry.Visibility, isActor, me.Is(Roles.Admin), isLegalRequest))
        {
            throw ProblemTypes.Forbidden.With(
                entry.Visibility == Visibility.Private
                    ? "What is private is erased by whom it belongs to, or on their legal request by an administrator."
                    : "Administrators alone erase what others may read.");
        }

        return (entry, found.Payload ?? throw ProblemTypes.PayloadErased.With("It is erased already."));
    }

    private static async Task RequireFreeAsync(WriteScope scope, LogEntry entry, CancellationToken ct)
    {
        switch (ErasureRules.Of(entry.Type))
        {
            case Erasability.Never:
                throw ProblemTypes.NotErasable.With("Contents of this kind are kept: see specs/erasure.md.");
            case Erasability.AfterDecision when await IsOpenAsync(scope, entry, ct):
                throw ProblemTypes.NotErasable.With("A vote is running to which it belongs; it can be erased after that.");
        }

        if (entry.Type == EventTypes.ConsentGiven && IdOf(entry) is { } consentId
            && await ConsentStore.FindAsync(scope.Connection, consentId, ct) is { WithdrawnAt: null })
        {
            throw ProblemTypes.NotErasable.With("Withdraw the consent first.");
        }
    }

    private static async Task<bool> IsOpenAsync(WriteScope scope, LogEntry entry, CancellationToken ct) =>
        IdOf(entry) is { } id
        && await ProposalStore.FindAsync(scope.Transaction, id, ct) is { Status: ProposalStatus.Open };

    /// <summary>Whoever has a claim that rests on an erased credential is to delete it, too.</summary>
    private static async Task WithdrawClaimsAsync(WriteScope scope, LogEntry entry, string actor, CancellationToken ct)
    {
        if (entry.Type != EventTypes.CredentialIssued || IdOf(entry) is not { } credentialId)
        {
            return;
        }

        foreach (var claim in await SentClaimStore.ListStandingOfCredentialAsync(scope.Connection, credentialId, ct))
        {
            await ClaimWithdrawing.WithdrawAsync(scope, claim, actor, ct);
        }
    }

    /// <summary>The id in a subject such as <c>proposal:0198…</c>.</summary>
    private static Guid? IdOf(LogEntry entry) =>
        Guid.TryParseExact(entry.Subject[(entry.Subject.IndexOf(':', StringComparison.Ordinal) + 1)..], "D", out var id)
            ? id
            : null;
}
