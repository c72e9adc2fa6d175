using Coop.Node.Database;
using Coop.Node.Features.Accounts;
using Coop.Node.Features.Dids;

namespace Coop.Node.Features.Credentials;

/// <summary>
/// When a member's DID is unlinked, what was issued to it is revoked in the same write; where another DID
/// takes its place, the same is issued to that one.
/// </summary>
internal sealed class DidFollower : IMemberDidFollower
{
    public async Task UnlinkedAsync(
        WriteScope scope, MemberDid unlinked, MemberDid? replacement, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(unlinked);
        var member = await MemberStore.FindAsync(scope.Connection, unlinked.MemberId, ct);
        var standing = await CredentialStore.ListStandingAsync(scope.Connection, unlinked.MemberId, scope.Now, ct);
        foreach (var credential in standing.Where(c => c.SubjectDid == unlinked.Did))
        {
            await CredentialRevoking.RevokeAsync(scope, credential, member!.Actor, CredentialRevoking.DidUnlinked, ct);
            // What is suspended stays so: a new DID is no way around it.
            if (replacement is not null && credential.SuspendedAt is null)
            {
                await CredentialIssuing.ReissueAsync(scope, credential, member, replacement.Did, ct);
            }
        }
    }
}
