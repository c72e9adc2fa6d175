using Coop.Federation.Claims;
using Coop.Federation.Peering;
using Coop.Identity.Credentials;
using Coop.Node.Database;
using Coop.Node.Features.Outbox;
using Coop.Node.Federation;
using Coop.Node.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coop.Node.Features.Claims;

/// <summary>POST /api/claims: makes a claim towards another co-op.</summary>
public static class SendClaim
{
    /// <param name="Peer">The DID of the other co-op.</param>
    /// <param name="Kind">What is claimed.</param>
    /// <param name="Purpose">What it is given for; 1 to 500 characters.</param>
    /// <param name="RetainUntil">When the other side deletes it at the latest; at most five years from now.</param>
    /// <param name="ShowToMembers">Whether the other side may show it to its members.</param>
    /// <param name="MemberId">About whom, where it is about a member.</param>
    /// <param name="Skill">For a skill: its name, up to 200 characters.</param>
    /// <param name="Level">For a skill: <c>basic</c>, <c>proficient</c> or <c>expert</c>.</param>
    /// <param name="Words">For a skill: the endorsement in words, up to 1,000 characters.</param>
    /// <param name="TradesIn">For a trade reference: what the co-op deals in, up to 200 characters.</param>
    /// <param name="TradingSince">For a trade reference: a day.</param>
    /// <param name="Reference">For a trade reference: up to 2,000 characters.</param>
    /// <param name="Scheme">For a certification: what for, up to 200 characters.</param>
    /// <param name="CertifiedBy">For a certification: by whom, up to 200 characters.</param>
    /// <param name="CertificateNumber">For a certification: up to 100 characters.</param>
    /// <param name="CertifiedUntil">For a certification: a day.</param>
    public sealed record Request(
        string Peer, ClaimKind Kind, string Purpose, DateTimeOffset RetainUntil, bool ShowToMembers,
        Guid? MemberId = null, string? Skill = null, string? Level = null, string? Words = null, string? TradesIn = null,
        string? TradingSince = null, string? Reference = null, string? Scheme = null, string? CertifiedBy = null,
        string? CertificateNumber = null, string? CertifiedUntil = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/claims", HandleAsync)
            .RequireRole(Roles.Admin)
            .WithSummary("Make a claim towards another co-op, about the co-op or about a member who consented");

    private static async Task<Created<SentClaimView>> HandleAsync(
        Request request, CurrentMember me, Transactions transactions, Peerings peerings, ClaimSending sending,
        OutboxSignal signal, TimeProvider time, CancellationToken ct)
    {
        var statement = ClaimStatement.Parse(request);
        var terms = Terms(request, time.GetUtcNow());
        var peer = await ClaimPeers.RequireAsync(peerings, request.Peer, "peer", PeeringScope.Claims, ct);
        try
        {
            var claim = await transactions.WriteAsync(
                (scope, c) => sending.SendAsync(scope, new(peer, statement, request.MemberId, terms, me.Actor), c), ct);
            signal.Wake();
            return TypedResults.Created($"/api/claims/{claim.Id:D}", SentClaimView.Of(claim));
        }
        catch (CredentialException e)
        {
            throw ProblemTypes.NotAttested.With(e.Message);
        }
    }

    private static ClaimTerms Terms(Request request, DateTimeOffset now)
    {
        var until = DateTimeOffset.FromUnixTimeSeconds(request.RetainUntil.ToUnixTimeSeconds());
        return until > now && until - now <= ClaimTerms.MaxRetention
            ? new(Fields.Text(request.Purpose, "purpose", 1, ClaimTerms.MaxPurposeLength), until, request.ShowToMembers)
            : throw Fields.Invalid("retainUntil", "must be in the future, and at most five years away.");
    }
}
