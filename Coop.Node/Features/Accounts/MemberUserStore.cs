using Coop.Node.Database;
using Microsoft.AspNetCore.Identity;

namespace Coop.Node.Features.Accounts;

/// <summary>
/// What ASP.NET Core Identity's <see cref="PasskeyHandler{TUser}"/> reads: members and their passkeys.
/// It never writes through here; a registration and the sign count are written by the slice's own
/// transactions, together with what belongs to them.
/// </summary>
public sealed class MemberUserStore(Transactions transactions)
    : IUserPasskeyStore<Member>
{
    public Task<Member?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Guid.TryParseExact(userId, "D", out var id)
            ? transactions.ReadAsync((c, ct) => MemberStore.FindAsync(c, id, ct), cancellationToken)
            : Task.FromResult<Member?>(null);

    public Task<Member?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        transactions.ReadAsync(
            async (c, ct) => await PasskeyStore.FindOwnerAsync(c, credentialId, ct) is { } owner
                ? await MemberStore.FindAsync(c, owner, ct)
                : null,
            cancellationToken);

    public Task<UserPasskeyInfo?> FindPasskeyAsync(
        Member user, byte[] credentialId, CancellationToken cancellationToken) =>
        transactions.ReadAsync(
            (c, ct) => PasskeyStore.FindAsync(c, user.Id, credentialId, ct), cancellationToken);

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(
        Member user, CancellationToken cancellationToken) =>
        await transactions.ReadAsync(
            (c, ct) => PasskeyStore.ListAsync(c, user.Id, ct), cancellationToken);

    public Task<string> GetUserIdAsync(Member user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        return Task.FromResult(user.Id.ToString("D"));
    }

    public Task<string?> GetUserNameAsync(Member user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        return Task.FromResult<string?>(user.Name);
    }

    public Task<string?> GetNormalizedUserNameAsync(Member user, CancellationToken cancellationToken) =>
        GetUserNameAsync(user, cancellationToken);

    /// <summary>Members have no user name to look for: a passkey says who they are.</summary>
    public Task<Member?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        Task.FromResult<Member?>(null);

    public Task AddOrUpdatePasskeyAsync(
        Member user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw ReadOnly();

    public Task RemovePasskeyAsync(
        Member user, byte[] credentialId, CancellationToken cancellationToken) => throw ReadOnly();

    public Task SetUserNameAsync(
        Member user, string? userName, CancellationToken cancellationToken) => throw ReadOnly();

    public Task SetNormalizedUserNameAsync(
        Member user, string? normalizedName, CancellationToken cancellationToken) => throw ReadOnly();

    public Task<IdentityResult> CreateAsync(Member user, CancellationToken cancellationToken) =>
        throw ReadOnly();

    public Task<IdentityResult> UpdateAsync(Member user, CancellationToken cancellationToken) =>
        throw ReadOnly();

    public Task<IdentityResult> DeleteAsync(Member user, CancellationToken cancellationToken) =>
        throw ReadOnly();

    public void Dispose()
    {
        // Holds nothing of its own.
    }

    private static NotSupportedException ReadOnly() =>
        new("Members are written by the slices, in transactions that carry their events.");
}
