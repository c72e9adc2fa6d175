using System.Globalization;
using Coop.Identity.Passkeys;
using Coop.Node.Database;
using Coop.Node.Features.Invitations;
using Coop.Node.Hosting;
using Coop.Node.Http;

namespace Coop.Node.Features.Accounts;

/// <summary>
/// As long as the co-op has no administrator, every start of the node issues one link for enrolling the
/// first, shows it on the console, and makes the links of earlier starts void.
/// </summary>
public sealed class FirstAdministrator(Transactions transactions, NodeOptions node) : IHostedLifecycleService
{
    public static readonly TimeSpan LinkLifetime = TimeSpan.FromHours(24);

    /// <summary>The link of this start; null when there is an administrator. Nowhere else in clear.</summary>
    public string? Link { get; private set; }

    /// <summary>After the web server began to listen, so that the link works when it is read.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var token = InvitationToken.New();
        var invitation = await transactions.WriteAsync(
            (scope, ct) => OfferAsync(scope, token, ct), cancellationToken);
        if (invitation is null)
        {
            return;
        }

        Link = InvitationLink.Of(node, token);
        await Console.Out.WriteLineAsync(Notice(Link, invitation.ExpiresAt));
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task<Invitation?> OfferAsync(
        WriteScope scope, InvitationToken token, CancellationToken ct)
    {
        if ((await MemberStore.HoldersAsync(scope.Connection, Roles.Admin, ct)).Count > 0)
        {
            return null;
        }

        var (transaction, now) = (scope.Transaction, scope.Now);
        var invitation = new Invitation(
            scope.NewId(), [Roles.Admin, Roles.Member], Note: null, FirstAdministrator: true,
            now, now + LinkLifetime, UsedBy: null, RevokedAt: null);
        var replaced = await InvitationStore.RevokeOfNodeAsync(transaction, now, ct);
        await InvitationStore.InsertAsync(transaction, invitation, token, createdBy: null, ct);
        scope.Append(InvitationEvents.Issued(invitation, InvitationEvents.Node));
        foreach (var id in replaced)
        {
            scope.Append(InvitationEvents.Revoked(id, InvitationEvents.Node));
        }

        return invitation;
    }

    private static string Notice(string link, DateTimeOffset expiresAt) => string.Create(
        CultureInfo.InvariantCulture,
        $"""

          This co-op has no administrator yet. Whoever opens this link becomes the first:

            {link}

          It works once, until {expiresAt:yyyy-MM-dd HH:mm} UTC. The next start of the node replaces it.

        """);
}
