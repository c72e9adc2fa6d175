namespace Coop.Federation.Messages;

/// <summary>The fields that make a request a signed one.</summary>
/// <param name="Destination"><c>coop-destination</c>: the DID of the node that it is for.</param>
/// <param name="ContentDigest"><c>content-digest</c> (RFC 9530); null where there is no body.</param>
/// <param name="SignatureInput"><c>signature-input</c> (RFC 9421, section 4.1).</param>
/// <param name="Signature"><c>signature</c> (RFC 9421, section 4.2).</param>
public sealed record SignedHeaders(
    string Destination, string? ContentDigest, string SignatureInput, string Signature);
