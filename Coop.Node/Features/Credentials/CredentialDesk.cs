using Coop.Node.Features.Accounts;
using Coop.Node.Http;
using Npgsql;

namespace Coop.Node.Features.Credentials;

/// <summary>What the endpoints share: who may ask for what.</summary>
internal sealed class CredentialDesk(CredentialIssuing issuing)
{
    public CredentialIssuing Issuing { get; } = issuing;

    /// <summary>The member of whom something is to be attested, if the caller may ask for it.</summary>
    /// <exception cref="RefusalException">There is none, or only an administrator or a secretary may.</exception>
    public static async Task<Member> RequireMemberAsync(
        NpgsqlConnection connection, CurrentMember me, Guid? memberId, CredentialStatement statement,
        CancellationToken ct)
    {
        var id = memberId ?? me.Id;
        if (!me.RunsOffice && (id != me.Id || !statement.IsOwnFact))
        {
            throw ProblemTypes.Forbidden.With("Administrators and secretaries alone attest this.");
        }

        return await MemberStore.FindAsync(connection, id, ct)
            ?? throw ProblemTypes.NotFound.With("There is no such member.");
    }

    /// <summary>A credential that the caller may manage: their own, or as an administrator or a secretary any.</summary>
    /// <exception cref="RefusalException">There is none that they may.</exception>
    public static async Task<Credential> RequireCredentialAsync(
        NpgsqlConnection connection, CurrentMember me, Guid id, CancellationToken ct) =>
        await CredentialStore.FindAsync(connection, id, ct) is { } credential
            && (me.RunsOffice || credential.MemberId == me.Id)
                ? credential
                : throw ProblemTypes.NotFound.With("There is no such credential of yours.");
}
