using System.Globalization;
using System.Text;
using Coop.Identity.Dids;
using Coop.Identity.Keys;
using Coop.Node.Hosting;

namespace Coop.Node.Features.Dids;

/// <summary>
/// What the holder of a did:pkh signs, in the form that Ethereum wallets show and check against the page
/// (EIP-4361), by <c>personal_sign</c> (EIP-191).
/// </summary>
public static class SignInMessage
{
    private const string SignaturePrefix = "0x";

    private const int SignatureSizeBytes = Secp256k1.RecoverableSizeBytes;

    /// <summary>Whether a DID proves itself in this way.</summary>
    public static bool IsFor(DidUrl did) => (did ?? throw new ArgumentNullException(nameof(did))).Method == DidPkh.Method;

    /// <summary>The text for a challenge to a did:pkh in its canonical form.</summary>
    public static string Of(DidChallenge challenge, NodeOptions node, string actor)
    {
        ArgumentNullException.ThrowIfNull(challenge);
        ArgumentNullException.ThrowIfNull(node);
        var parts = challenge.Did.Split(':');
        string[] lines =
        [
            $"{node.PublicUrl.Authority} wants you to sign in with your Ethereum account:",
            parts[^1],
            "",
            $"Link this address to my membership, {actor}.",
            "",
            $"URI: {node.Identifier}",
            "Version: 1",
            $"Chain ID: {parts[^2]}",
            $"Nonce: {challenge.Nonce}",
            $"Issued At: {challenge.IssuedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}",
        ];
        return string.Join('\n', lines);
    }

    /// <summary>Whether <c>personal_sign</c> over the text gave that signature for the DID's address.</summary>
    /// <param name="did">The did:pkh.</param>
    /// <param name="message">The text.</param>
    /// <param name="signature"><c>0x</c> and 130 hexadecimal characters: r, s and v.</param>
    public static bool IsSignedBy(string did, string message, string signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        Span<byte> bytes = stackalloc byte[SignatureSizeBytes];
        return signature.StartsWith(SignaturePrefix, StringComparison.Ordinal)
            && signature.Length == SignaturePrefix.Length + (2 * SignatureSizeBytes)
            && Convert.FromHexString(signature.AsSpan(SignaturePrefix.Length), bytes, out _, out var written)
                == System.Buffers.OperationStatus.Done
            && written == SignatureSizeBytes
            && DidPkh.VerifyPersonalMessage(did, Encoding.UTF8.GetBytes(message), bytes);
    }
}
