using System.Text.Json.Nodes;
using Coop.Federation.Claims;
using Coop.Federation.Peering;
using Coop.Identity.Credentials;
using Coop.Node.Features.Outbox;
using Coop.Node.Http;

namespace Coop.Node.Features.Claims;

/// <summary>What the endpoints that take claims share: who this node is, and how a claim is verified. Thread-safe.</summary>
internal sealed class ReceivingDesk(StatementSigner signer, StatementVerifier statements, PeerCredentials credentials)
{
    public string Did => signer.Did;

    public JsonObject Sign(Notice notice) => signer.Sign(notice.ToJson());

    /// <summary>Verifies a notice of the peer's.</summary>
    /// <exception cref="RefusalException">The peer did not sign it.</exception>
    public async Task VerifyAsync(JsonObject notice, Peering peer, CancellationToken ct)
    {
        try
        {
            await statements.RequireAsync(notice, peer, ct);
        }
        catch (StatementException e)
        {
            throw StatementBody.Refusal(e);
        }
    }

    /// <summary>Verifies the claim's proof, and of its credential proof, issuer, period, schema and status.</summary>
    /// <exception cref="RefusalException">It does not hold, or it could not be found out.</exception>
    public async Task VerifyAsync(JsonObject json, ClaimEnvelope claim, Peering peer, CancellationToken ct)
    {
        await VerifyAsync(json, peer, ct);
        var report = await CheckAsync(claim.Credential, peer.Peer.Did, ct);
        switch (report.Verdict)
        {
            case Verdict.Valid when report.Status.IsPassed && report.Schema.IsPassed:
                return;
            case Verdict.Unknown:
                throw ProblemTypes.ClaimUnverified.With($"{report.FirstObstacle?.Detail}");
            default:
                var obstacle = report.FirstObstacle ?? (report.Status.IsPassed ? report.Schema : report.Status);
                throw StatementBody.Refusal(new StatementException(
                    StatementCodes.Credential, $"The credential does not hold: {obstacle.Code}. {obstacle.Detail}"));
        }
    }

    /// <summary>How a credential stands now.</summary>
    public Task<VerificationReport> CheckAsync(JsonObject credential, string issuer, CancellationToken ct) =>
        credentials.CheckAsync(credential, issuer, ct);
}
