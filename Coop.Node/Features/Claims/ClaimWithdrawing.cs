using Coop.Federation.Claims;
using Coop.Node.Database;
using Coop.Node.Features.Credentials;
using Coop.Node.Features.Outbox;
using Coop.Node.Features.StatusLists;
using Coop.Node.Http;
using Coop.Node.Log;

namespace Coop.Node.Features.Claims;

/// <summary>Withdraws claims within a write: the credential is revoked, and the peer will be told to delete it.</summary>
internal static class ClaimWithdrawing
{
    /// <returns>The event <c>claim.withdrawn</c>.</returns>
    /// <exception cref="RefusalException">It does not stand.</exception>
    public static async Task<Guid> WithdrawAsync(WriteScope scope, SentClaim claim, string actor, CancellationToken ct)
    {
        var eventId = scope.NextEventId();
        if (!await SentClaimStore.WithdrawAsync(scope.Transaction, claim.Id, scope.Now, eventId, ct))
        {
            throw ProblemTypes.ClaimState.With("It is withdrawn or was refused.");
        }

        scope.Append(
            ClaimEvents.Claim(
                EventTypes.ClaimWithdrawn, claim.Id, ClaimKinds.NameOf(claim.Kind), claim.Hash, claim.PeerDid, actor),
            eventId);
        await OutboxStore.DeleteAsync(scope.Transaction, claim.PeerDid, OutboxKinds.Claim, claim.Id, ct);
        await OutboxStore.AddAsync(scope, claim.PeerDid, OutboxKinds.ClaimWithdrawal, claim.Id, ct);
        await RevokeAsync(scope, claim, actor, ct);
        return eventId;
    }

    /// <summary>Withdraws what rests on a credential that has just been revoked.</summary>
    public static async Task CredentialRevokedAsync(
        WriteScope scope, Credential credential, string actor, CancellationToken ct)
    {
        foreach (var claim in await SentClaimStore.ListStandingOfCredentialAsync(scope.Connection, credential.Id, ct))
        {
            await WithdrawAsync(scope, claim, actor, ct);
        }
    }

    /// <summary>Withdraws what was said with a consent that has just been withdrawn.</summary>
    public static async Task ConsentWithdrawnAsync(WriteScope scope, Consent consent, string actor, CancellationToken ct)
    {
        var standing = await SentClaimStore.ListStandingOfAsync(scope.Connection, consent.MemberId, ct);
        foreach (var claim in standing.Where(c => c.ConsentId == consent.Id))
        {
            await WithdrawAsync(scope, claim, actor, ct);
        }
    }

    private static async Task RevokeAsync(WriteScope scope, SentClaim claim, string actor, CancellationToken ct)
    {
        if (claim.Status is { } status)
        {
            await StatusListStore.TouchAsync(scope.Transaction, status.List, ct);
        }

        if (claim.CredentialId is { } id
            && await CredentialStore.FindAsync(scope.Connection, id, ct) is { RevokedAt: null } credential)
        {
            await CredentialRevoking.RevokeAsync(scope, credential, actor, CredentialRevoking.ClaimWithdrawn, ct);
        }
    }
}
