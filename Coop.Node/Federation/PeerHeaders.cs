namespace Coop.Node.Federation;

/// <summary>The headers of signed requests (RFC 9421, RFC 9530, specs/peering.md).</summary>
internal static class PeerHeaders
{
    public const string Destination = "Coop-Destination";
    public const string SignatureInput = "Signature-Input";
    public const string Signature = "Signature";
    public const string ContentDigest = "Content-Digest";
}
