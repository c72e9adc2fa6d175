using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Coop.Federation.Messages;
using Coop.Federation.Peering;
using Coop.Identity.Json;
using Coop.Identity.Net;
using Coop.Node.Identity;

namespace Coop.Node.Federation;

/// <summary>
/// Asks peers, with every request signed (specs/peering.md, Signed requests). Within the bounds of
/// <see cref="OutboundHttp"/>; redirects are not followed. Thread-safe.
/// </summary>
public sealed class PeerClient(NodeIdentity identity, OutboundHttp http, FederationMetrics metrics, TimeProvider time)
{
    private const int NonceSizeBytes = 16;

    /// <param name="to">Whom.</param>
    /// <param name="path">From the slash on, e.g. <c>/federation/seen</c>.</param>
    /// <param name="limits">What the answer may cost.</param>
    /// <param name="ct">Ends the waiting.</param>
    /// <exception cref="PeerException">The peer refused.</exception>
    /// <exception cref="OutboundException">There is no answer within the limits.</exception>
    public Task<OutboundAnswer> GetAsync(Peering to, string path, OutboundLimits limits, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(to);
        return SendAsync(to.Peer, HttpMethod.Get, path, body: null, limits, ct);
    }

    /// <summary>Posts JSON; it may have arrived though there is no answer.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public Task<OutboundAnswer> PostAsync(
        Peering to, string path, JsonObject body, OutboundLimits limits, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(to);
        return SendAsync(to.Peer, HttpMethod.Post, path, CanonicalJson.Serialize(body), limits, ct);
    }

    private async Task<OutboundAnswer> SendAsync(
        PeerDescriptor to, HttpMethod method, string path, byte[]? body, OutboundLimits limits, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var uri = new Uri(to.Address, path);
        var request = new HttpRequestMessage(method, uri);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        Sign(request, to.Did, to.AddressText + uri.PathAndQuery, body);
        var outcome = SentOutcome.Unreachable;
        try
        {
            var answer = await http.SendAsync(request, limits, ct);
            outcome = answer.IsSuccess ? SentOutcome.Answered : SentOutcome.Refused;
            return answer.IsSuccess ? answer : throw PeerRefusal.Of(answer);
        }
        finally
        {
            metrics.Sent(to.Did, outcome);
        }
    }

    private void Sign(HttpRequestMessage request, string destination, string targetUri, byte[]? body)
    {
        var signer = identity.AssertionSigner;
        var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceSizeBytes));
        var headers = RequestSigner.Sign(
            request.Method.Method, targetUri, destination, body is null ? (ReadOnlyMemory<byte>?)null : body, signer.KeyId, signer.Key, nonce, time.GetUtcNow());
        request.Headers.Add(PeerHeaders.Destination, headers.Destination);
        request.Headers.Add(PeerHeaders.SignatureInput, headers.SignatureInput);
        request.Headers.Add(PeerHeaders.Signature, headers.Signature);
        if (headers.ContentDigest is { } digest)
        {
            request.Headers.TryAddWithoutValidation(PeerHeaders.ContentDigest, digest);
        }
    }
}
