using Coop.Node.Database;
using Coop.Node.Features.Accounts;
using Coop.Node.Features.Claims;
using Coop.Node.Features.StatusLists;
using Coop.Node.Http;
using Coop.Node.Log;

namespace Coop.Node.Features.Credentials;

/// <summary>Takes credentials back, for good or for now, within a write.</summary>
internal static class CredentialRevoking
{
    public const string ByHand = "by-hand";
    public const string RoleLost = "role-lost";
    public const string DidUnlinked = "did-unlinked";
    public const string ClaimWithdrawn = "claim-withdrawn";

    /// <summary>Revokes for good, and withdraws the claims towards other co-ops that rest on it.</summary>
    /// <returns>The event.</returns>
    /// <exception cref="RefusalException">It is revoked already.</exception>
    public static async Task<Guid> RevokeAsync(
        WriteScope scope, Credential credential, string actor, string reason, CancellationToken ct)
    {
        var revoked = await ChangeAsync(
            scope, credential with { RevokedAt = scope.Now }, EventTypes.CredentialRevoked, actor, reason, ct);
        await ClaimWithdrawing.CredentialRevokedAsync(scope, credential, actor, ct);
        return revoked;
    }

    /// <exception cref="RefusalException">It is not valid now.</exception>
    public static Task<Guid> SuspendAsync(
        WriteScope scope, Credential credential, string actor, CancellationToken ct) =>
        credential.StateAt(scope.Now) == CredentialState.Valid
            ? ChangeAsync(scope, credential with { SuspendedAt = scope.Now }, EventTypes.CredentialSuspended, actor, ByHand, ct)
            : throw ProblemTypes.CredentialState.With("Only a valid credential can be suspended.");

    /// <exception cref="RefusalException">It is not suspended.</exception>
    public static Task<Guid> ReinstateAsync(
        WriteScope scope, Credential credential, string actor, CancellationToken ct) =>
        credential.StateAt(scope.Now) == CredentialState.Suspended
            ? ChangeAsync(scope, credential with { SuspendedAt = null }, EventTypes.CredentialReinstated, actor, ByHand, ct)
            : throw ProblemTypes.CredentialState.With("Only a suspended credential can be reinstated.");

    /// <summary>
    /// Revokes what attests a role that a member has lost; a member who lost that of member has left, and
    /// keeps none.
    /// </summary>
    public static async Task RolesLostAsync(
        WriteScope scope, Member member, IReadOnlyList<string> lost, string actor, CancellationToken ct)
    {
        foreach (var credential in await CredentialStore.ListStandingAsync(scope.Connection, member.Id, scope.Now, ct))
        {
            var attestsIt = credential.Kind == CredentialKind.Role && lost.Contains(credential.Attests);
            if (attestsIt || lost.Contains(Roles.Member))
            {
                await RevokeAsync(scope, credential, actor, RoleLost, ct);
            }
        }
    }

    private static async Task<Guid> ChangeAsync(
        WriteScope scope, Credential changed, string type, string actor, string reason, CancellationToken ct)
    {
        var eventId = scope.NextEventId();
        if (!await CredentialStore.ChangeAsync(
            scope.Transaction, changed.Id, changed.SuspendedAt, changed.RevokedAt, eventId, ct))
        {
            throw ProblemTypes.CredentialState.With("The credential is revoked, and that is for good.");
        }

        await StatusListStore.TouchAsync(scope.Transaction, changed.StatusList, ct);
        scope.Append(CredentialEvents.Changed(type, changed, actor, reason), eventId);
        return eventId;
    }
}
