using System.Text.Json.Nodes;
using Coop.Identity.Credentials;
using Coop.Node.Database;
using Coop.Node.Features.Accounts;
using Coop.Node.Features.StatusLists;
using Coop.Node.Http;

namespace Coop.Node.Features.Credentials;

/// <summary>Issues a credential within a write: facts, a place in the status list, the row, the event.</summary>
internal sealed class CredentialIssuing(CredentialFacts facts)
{
    /// <summary>A member keeps no more than these at a time; beyond, something is wrong.</summary>
    public const int MaxStanding = 200;

    /// <param name="To">Whom it is about.</param>
    /// <param name="Statement">What it is to say.</param>
    /// <param name="SubjectDid">The DID that the member has proved to hold.</param>
    /// <param name="Actor">Who issues it, as the log names them.</param>
    public sealed record Order(Member To, CredentialStatement Statement, string SubjectDid, string Actor)
    {
        /// <summary>The encoding, where it is issued in one alone.</summary>
        public CredentialFormat? Format { get; init; }

        /// <summary>The offer that a wallet redeems.</summary>
        public Guid? OfferId { get; init; }
    }

    /// <exception cref="RefusalException">The facts are not so, or there are too many.</exception>
    public async Task<Credential> IssueAsync(WriteScope scope, Order order, CancellationToken ct)
    {
        var claims = await facts.ClaimsAsync(scope.Connection, order.To, order.Statement, scope.Now, ct);
        var standing = await CredentialStore.ListStandingAsync(scope.Connection, order.To.Id, scope.Now, ct);
        if (standing.Count >= MaxStanding)
        {
            throw ProblemTypes.TooManyCredentials.With("Revoke some that are used no more.");
        }

        return await WriteAsync(scope, order, claims, order.Statement.Attests, ct);
    }

    /// <summary>The same credential for another DID: what it says stays, its place in the status list is new.</summary>
    public static Task<Credential> ReissueAsync(
        WriteScope scope, Credential credential, Member member, string subjectDid, CancellationToken ct) =>
        WriteAsync(
            scope,
            new Order(member, new CredentialStatement(credential.Kind), subjectDid, member.Actor),
            credential.Claims,
            credential.Attests,
            ct);

    private static async Task<Credential> WriteAsync(
        WriteScope scope, Order order, JsonObject claims, string attests, CancellationToken ct)
    {
        var kind = order.Statement.Kind;
        var id = scope.NewId();
        var eventId = scope.NextEventId();
        var issuedAt = DateTimeOffset.FromUnixTimeSeconds(scope.Now.ToUnixTimeSeconds());
        var entry = await StatusListStore.TakeAsync(scope.Transaction, issuedAt, ct);
        var credential = new Credential(
            id, order.To.Id, kind, attests, claims, order.SubjectDid, order.Format, order.OfferId, entry.List,
            entry.Index, issuedAt, issuedAt + CredentialKinds.LifetimeOf(kind), SuspendedAt: null, RevokedAt: null,
            eventId);
        await CredentialStore.InsertAsync(scope.Transaction, credential, ct);
        scope.Append(CredentialEvents.Issued(credential, order.Actor), eventId);
        return credential;
    }
}
