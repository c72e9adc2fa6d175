using Coop.Identity.Keys;

namespace Coop.Federation.Messages;

/// <summary>Signs requests from node to node (RFC 9421, Ed25519). Specified in specs/peering.md.</summary>
public static class RequestSigner
{
    /// <summary>How long a request that this node signs is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    /// <param name="method">The request's method, in upper case.</param>
    /// <param name="targetUri">The absolute address, without a fragment.</param>
    /// <param name="destination">The DID of the node that it is for.</param>
    /// <param name="body">The body as it is sent; null where there is none.</param>
    /// <param name="keyId">The absolute DID URL of the key.</param>
    /// <param name="key">Ed25519.</param>
    /// <param name="nonce">1 to 64 characters of base64url that no other request of this node has.</param>
    /// <param name="now">The time; whole seconds count.</param>
    public static SignedHeaders Sign(
        string method,
        string targetUri,
        string destination,
        ReadOnlyMemory<byte>? body,
        string keyId,
        ISigningKey key,
        string nonce,
        DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(key);
        var created = now.ToUnixTimeSeconds();
        var digest = body is { } bytes ? ContentDigest.Of(bytes.Span) : null;
        var parameters = SignatureParameters.Create(
            Components.Of(digest is not null), created, created + (long)Lifetime.TotalSeconds, nonce, keyId);
        var values = new RequestComponents(method, targetUri, digest, destination);
        var signature = key.Sign(SignatureBase.Create(values.In(parameters.Components), parameters.Text));
        return new SignedHeaders(
            destination,
            digest,
            $"{Components.Label}={parameters.Text}",
            $"{Components.Label}=:{Convert.ToBase64String(signature)}:");
    }
}
