using System.Text.Json.Nodes;
using Coop.Federation.Claims;
using Coop.Federation.Peering;
using Coop.Identity.Credentials;
using Coop.Node.Database;
using Coop.Node.Features.Accounts;
using Coop.Node.Features.Credentials;
using Coop.Node.Features.Dids;
using Coop.Node.Features.Outbox;
using Coop.Node.Features.StatusLists;
using Coop.Node.Hosting;
using Coop.Node.Http;
using Coop.Node.Identity;
using Coop.Node.Log;

namespace Coop.Node.Features.Claims;

/// <summary>
/// Makes a claim within a write: the credential, the claim, what the peer is to be told, and the events. All of it
/// is there or nothing is; the peer hears of it later.
/// </summary>
internal sealed class ClaimSending(
    CredentialIssuing issuing, ClaimCredentials credentials, NodeIdentity identity, NodeOptions node)
{
    /// <param name="Peer">To whom; the peering must allow claims.</param>
    /// <param name="Statement">What is claimed.</param>
    /// <param name="MemberId">About whom; null for the co-op itself.</param>
    /// <param name="Terms">What the peer may do with it.</param>
    /// <param name="Actor">Who sends it, as the log names them.</param>
    public sealed record Order(Peering Peer, ClaimStatement Statement, Guid? MemberId, ClaimTerms Terms, string Actor);

    /// <exception cref="RefusalException">There is no consent, or the facts are not so, or it was claimed before.</exception>
    public async Task<SentClaim> SendAsync(WriteScope scope, Order order, CancellationToken ct)
    {
        await RequireNewAsync(scope, order, ct);
        var claim = order.MemberId is { } member
            ? await AboutMemberAsync(scope, order, member, ct)
            : await AboutCoopAsync(scope, order, ct);
        await SentClaimStore.InsertAsync(scope.Transaction, claim, ct);
        await OutboxStore.AddAsync(scope, claim.PeerDid, OutboxKinds.Claim, claim.Id, ct);
        scope.Append(
            ClaimEvents.Claim(
                EventTypes.ClaimSent, claim.Id, ClaimKinds.NameOf(claim.Kind), claim.Hash, claim.PeerDid, order.Actor),
            claim.SentEvent);
        return claim;
    }

    private static async Task RequireNewAsync(WriteScope scope, Order order, CancellationToken ct)
    {
        var standing = await SentClaimStore.ListStandingAsync(
            scope.Connection, order.Peer.Peer.Did, order.Statement.Kind, ct);
        if (standing.Exists(c => c.MemberId == order.MemberId && c.Attests == order.Statement.Attests))
        {
            throw ProblemTypes.ClaimExists.With("Withdraw it first, to claim it anew.");
        }
    }

    private async Task<SentClaim> AboutMemberAsync(WriteScope scope, Order order, Guid memberId, CancellationToken ct)
    {
        var member = await MemberStore.FindAsync(scope.Connection, memberId, ct)
            ?? throw ProblemTypes.NotFound.With("There is no such member.");
        var consent = await ConsentStore.FindStandingAsync(
            scope.Connection, memberId, order.Peer.Peer.Did, order.Statement.Kind, ct)
            ?? throw ProblemTypes.NoConsent.With("The member has to consent first, on the page of their wallet.");
        var did = (await MemberDidStore.ListLinkedAsync(scope.Connection, memberId, ct)).LastOrDefault()?.Did
            ?? throw ProblemTypes.NoDid.With("The member has to open their wallet first.");
        var credential = await issuing.IssueAsync(
            scope,
            new(member, order.Statement.OfMember!, did, order.Actor) { Format = CredentialFormat.DataIntegrity },
            ct);
        return Claim(scope, scope.NewId(), order, credentials.OfMember(credential), consent) with
        {
            CredentialId = credential.Id,
        };
    }

    private async Task<SentClaim> AboutCoopAsync(WriteScope scope, Order order, CancellationToken ct)
    {
        var id = scope.NewId();
        var now = Seconds(scope.Now);
        var claims = order.Statement.OfCoop!.DeepClone().AsObject();
        claims["coop"] = node.Name;
        claims["asOf"] = ClaimCredentials.Day(now);
        var status = await StatusListStore.TakeAsync(scope.Transaction, now, ct);
        var credential = credentials.OfCoop(id, order.Statement.Kind, claims, status, now, order.Terms.RetainUntil);
        return Claim(scope, id, order, credential, consent: null) with { Status = status };
    }

    private SentClaim Claim(WriteScope scope, Guid id, Order order, JsonObject credential, Consent? consent)
    {
        var body = new ClaimEnvelope(
            id, order.Statement.Kind, identity.Did, order.Peer.Peer.Did, Seconds(scope.Now), consent?.GivenEvent,
            order.Terms, credential).ToJson();
        return new SentClaim(
            id, order.Peer.Peer.Did, order.Peer.Peer.Name, order.Statement.Kind, order.Statement.Attests, order.MemberId,
            consent?.Id, CredentialId: null, Status: null, body, Statement.Hash(body), order.Terms, Seconds(scope.Now),
            scope.NextEventId());
    }

    private static DateTimeOffset Seconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
