using System.Text.Json.Nodes;
using Coop.Identity.Credentials;
using Coop.Identity.Dids;
using Coop.Identity.Status;
using Coop.Node.Federation;

namespace Coop.Node.Features.Claims;

/// <summary>
/// Verifies the credentials of peers with the keys of their pinned histories; another issuer's do not hold.
/// Thread-safe.
/// </summary>
internal sealed class PeerCredentials(PeerKeys keys, IStatusSource status, TimeProvider time)
{
    /// <summary>How a credential stands now.</summary>
    /// <param name="credential">VCDM 2.0 with its proof.</param>
    /// <param name="issuer">The DID of the peer, who must have issued it.</param>
    /// <param name="ct">Ends the waiting.</param>
    public async Task<VerificationReport> CheckAsync(JsonObject credential, string issuer, CancellationToken ct)
    {
        var pinned = new PinnedDid(issuer, await keys.FindAsync(issuer, ct));
        return await new CredentialVerifier(pinned, status, time).VerifyAsync(
            credential.ToJsonString(),
            new VerificationRequest { TrustedIssuers = new HashSet<string>(StringComparer.Ordinal) { issuer } },
            ct);
    }

    private sealed class PinnedDid(string did, PinnedHistory? history) : IDidResolver
    {
        public Task<DidResolution> ResolveAsync(DidUrl url, CancellationToken ct) => Task.FromResult(
            url.Did == did && history is not null
                ? DidResolution.Of(history.Document)
                : DidResolution.Failed(DidError.NotFound, DidCodes.NotFound, "The DID is not that of the peer."));
    }
}
