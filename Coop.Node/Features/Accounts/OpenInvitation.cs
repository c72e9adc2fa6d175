using Coop.Identity.Passkeys;
using Coop.Node.Features.Invitations;
using Coop.Node.Http;
using Npgsql;

namespace Coop.Node.Features.Accounts;

/// <summary>The invitation behind a link, as long as somebody can join by it.</summary>
internal static class OpenInvitation
{
    /// <exception cref="RefusalException">There is none, for whichever reason: a stranger learns no more.</exception>
    public static async Task<Invitation> FindAsync(
        NpgsqlConnection connection, string? token, DateTimeOffset now, CancellationToken ct) =>
        InvitationToken.TryParse(token, out var parsed)
            ? await CheckAsync(connection, await InvitationStore.FindAsync(connection, parsed, ct), now, ct)
            : throw Refusal();

    public static async Task<Invitation> FindAsync(
        NpgsqlConnection connection, Guid id, DateTimeOffset now, CancellationToken ct) =>
        await CheckAsync(connection, await InvitationStore.FindAsync(connection, id, ct), now, ct);

    public static RefusalException Refusal() =>
        ProblemTypes.InvitationInvalid.With("Ask an administrator for a new invitation.");

    private static async Task<Invitation> CheckAsync(
        NpgsqlConnection connection, Invitation? invitation, DateTimeOffset now, CancellationToken ct)
    {
        if (invitation?.StatusAt(now) != InvitationStatus.Open)
        {
            throw Refusal();
        }

        // The node's own invitation is for the first administrator, never for a second one.
        return invitation.FirstAdministrator
            && (await MemberStore.HoldersAsync(connection, Roles.Admin, ct)).Count > 0
                ? throw Refusal()
                : invitation;
    }
}
