using System.Globalization;
using System.Text;
using Coop.Identity.Credentials;
using Coop.Identity.Dids;

namespace Coop.Identity.Presentations;

/// <summary>
/// The proof of whoever has an Ethereum-style wallet: an EIP-191 signature over a text that the wallet
/// shows, by the account of a did:pkh. The text is this class's alone, so that nothing else that a person
/// ever signs can be taken for it: specs/credentials.md.
/// </summary>
public static class AccountProof
{
    private const int SignatureLength = 132;

    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);

    /// <summary>The text to sign.</summary>
    /// <param name="audience">Who asks, e.g. <c>https://coop.example</c>.</param>
    /// <param name="did">The account: <c>did:pkh:eip155:…</c>.</param>
    /// <param name="nonce">Given once by whoever asks.</param>
    /// <param name="issuedAt">When it was asked for; whole seconds.</param>
    public static string Message(string audience, string did, string nonce, DateTimeOffset issuedAt) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{audience} wants you to prove that this account is yours.\n\nIt costs nothing and moves nothing.\n\nDID: {did}\nNonce: {nonce}\nIssued at: {JsonText.ToText(issuedAt)}");

    /// <summary>Checks a signature over <see cref="Message"/>; the caller knows the nonce and takes it once.</summary>
    /// <param name="did">The account.</param>
    /// <param name="audience">Who asked.</param>
    /// <param name="nonce">As it was given.</param>
    /// <param name="issuedAt">As it was given.</param>
    /// <param name="signature">65 bytes in hexadecimal with the prefix 0x.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="CredentialException">The proof is refused.</exception>
    public static void Verify(
        string did, string audience, string nonce, DateTimeOffset issuedAt, string signature, DateTimeOffset now)
    {
        if (issuedAt > now + ClockSkew || issuedAt < now - MaxAge)
        {
            throw new CredentialException(CredentialCodes.HolderTime, "The proof is too old or from the future.");
        }

        var message = Encoding.UTF8.GetBytes(Message(audience, did, nonce, issuedAt));
        if (!IsSigned(did, message, Bytes(signature)))
        {
            throw new CredentialException(CredentialCodes.Signature, "The signature is not by this account.");
        }
    }

    private static bool IsSigned(string did, byte[] message, byte[] signature)
    {
        try
        {
            return DidPkh.VerifyPersonalMessage(did, message, signature);
        }
        catch (DidException e)
        {
            throw new CredentialException(e.Code, e.Message, e);
        }
    }

    private static byte[] Bytes(string signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        if (signature.Length != SignatureLength || !signature.StartsWith("0x", StringComparison.Ordinal)
            || !signature.Skip(2).All(char.IsAsciiHexDigit))
        {
            throw new CredentialException(CredentialCodes.ProofMalformed, "A signature is 65 bytes in hexadecimal.");
        }

        return Convert.FromHexString(signature.AsSpan(2));
    }
}
