using Coop.Node.Features.Accounts;
using Coop.Node.Http;
using Npgsql;

namespace Coop.Node.Features.Ledger;

/// <summary>Whom an account is opened for.</summary>
internal static class AccountOwner
{
    /// <exception cref="RefusalException">There is no such person, or they are a guest or an auditor from outside.</exception>
    public static async Task<Member> RequireAsync(NpgsqlConnection connection, Guid id, CancellationToken ct) =>
        await MemberStore.FindAsync(connection, id, ct) is { } member && member.Roles.Contains(Roles.Member)
            ? member
            : throw ProblemTypes.UnknownOwner.With("There is no such member.");
}
