using System.Text.Json.Nodes;
using Coop.Identity.Credentials;
using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Claims;

/// <summary>GET /api/received-claims/{id}: one claim, its signed text, and how it stands now.</summary>
public static class ReadReceivedClaim
{
    /// <param name="Name">What was checked: proof, issuer, validity, status, schema.</param>
    /// <param name="State">How it ended.</param>
    /// <param name="Code">See specs/credentials.md.</param>
    /// <param name="Detail">One sentence.</param>
    public sealed record CheckView(string Name, CheckState State, string Code, string Detail);

    /// <param name="Claim">The claim.</param>
    /// <param name="Document">The claim as its sender signed it; null once it is deleted.</param>
    /// <param name="Verdict">How its credential stands now; null once it is deleted.</param>
    /// <param name="Checks">Each check of now.</param>
    public sealed record Response(
        ReceivedClaimView Claim, JsonObject? Document, Verdict? Verdict, IReadOnlyList<CheckView> Checks);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/received-claims/{id:guid}", HandleAsync)
            .RequireReader(Roles.Member)
            .WithSummary("Read a claim that another co-op has made, and check how it stands now");

    private static async Task<Response> HandleAsync(
        Guid id, CurrentMember me, Transactions transactions, ReceivingDesk desk, CancellationToken ct)
    {
        var claim = await transactions.ReadAsync((c, t) => ReceivedClaimStore.FindAsync(c, id, t), ct);
        if (claim is not { ReceivedEvent: not null } || !(claim.ShowToMembers || me.Is(Roles.Admin) || me.Is(Roles.Auditor)))
        {
            throw ProblemTypes.NotFound.With("There is no such claim that you may see.");
        }

        if (ClaimText.CredentialOf(claim.Body) is not { } credential)
        {
            return new(ReceivedClaimView.Of(claim), null, null, []);
        }

        var report = await desk.CheckAsync(credential, claim.PeerDid, ct);
        return new(
            ReceivedClaimView.Of(claim), claim.Body, report.Verdict,
            [
                .. report.Checks.Where(c => c.Check.State != CheckState.NotChecked)
                    .Select(c => new CheckView(c.Name, c.Check.State, c.Check.Code, c.Check.Detail)),
            ]);
    }
}
