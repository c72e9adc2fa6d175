using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Coop.Identity.Keys;

namespace Coop.Identity.Dids;

/// <summary>
/// did:pkh (W3C CCG) for Ethereum accounts, to verify alone: <c>did:pkh:eip155:CHAIN:0xADDRESS</c> (CAIP-10).
/// An address is the hash of a secp256k1 key, which an EIP-191 signature reveals.
/// </summary>
public static partial class DidPkh
{
    public const string Method = "pkh";

    /// <summary>A longer message is not hashed.</summary>
    public const int MaxMessageSizeBytes = 64 * 1024;

    /// <summary>The document names the account; it has no key, so nothing but EIP-191 verifies with it.</summary>
    /// <exception cref="DidException">It is no did:pkh of an Ethereum account, or its checksum is wrong.</exception>
    public static DidDocument Resolve(string did)
    {
        var account = Account(did);
        var id = did + "#blockchainAccountId";
        var document = new JsonObject
        {
            ["@context"] = new JsonArray("https://www.w3.org/ns/did/v1", "https://w3id.org/security/suites/secp256k1recovery-2020/v2"),
            ["id"] = did,
            ["verificationMethod"] = new JsonArray(new JsonObject
            {
                ["id"] = id,
                ["type"] = "EcdsaSecp256k1RecoveryMethod2020",
                ["controller"] = did,
                ["blockchainAccountId"] = $"eip155:{account.Chain}:{account.Address}",
            }),
            ["authentication"] = new JsonArray(id),
            ["assertionMethod"] = new JsonArray(id),
        };
        return DidDocument.Parse(document, did);
    }

    /// <summary>Whether an EIP-191 "personal" signature over the message is by the account.</summary>
    /// <param name="did">A did:pkh of an Ethereum account.</param>
    /// <param name="message">The text that the wallet showed.</param>
    /// <param name="signature">65 bytes r‖s‖v; of the two that verify, the one with the low s.</param>
    /// <exception cref="DidException">It is no did:pkh of an Ethereum account.</exception>
    public static bool VerifyPersonalMessage(string did, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        var (_, address) = Account(did);
        return message.Length <= MaxMessageSizeBytes
            && Secp256k1.TryRecover(HashPersonalMessage(message), signature, out var key)
            && string.Equals(AddressOf(key), address, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The Ethereum address of a key, with the capitals of EIP-55.</summary>
    public static string AddressOf(VerificationKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Type != KeyType.Secp256k1)
        {
            throw new ArgumentException("Ethereum's keys are of secp256k1.", nameof(key));
        }

        var (x, y) = EcPoint.Decompress(key.Type, key.Bytes.Span);
        return Checksum(Convert.ToHexStringLower(Secp256k1.Keccak256([.. x, .. y]).AsSpan(12)));
    }

    /// <summary>EIP-191, version 0x45.</summary>
    internal static byte[] HashPersonalMessage(ReadOnlySpan<byte> message) => Secp256k1.Keccak256(
        [.. Encoding.UTF8.GetBytes($"\u0019Ethereum Signed Message:\n{message.Length}"), .. message]);

    /// <summary>The one spelling of a did:pkh: its address with the capitals of EIP-55.</summary>
    /// <exception cref="DidException">It is no did:pkh of an Ethereum account.</exception>
    public static string Canonical(string did)
    {
        var (chain, address) = Account(did);
        return $"did:pkh:eip155:{chain}:{Checksum(address[2..].ToLowerInvariant())}";
    }

    private static (string Chain, string Address) Account(string did)
    {
        ArgumentNullException.ThrowIfNull(did);
        if (Pattern.Match(did) is not { Success: true } match)
        {
            throw Invalid("This is not a did:pkh of an Ethereum account.");
        }

        // EIP-55: an address in one case has no checksum; one in both must have the right one.
        var digits = match.Groups["address"].Value;
        var isMixed = digits.Any(char.IsAsciiLetterLower) && digits.Any(char.IsAsciiLetterUpper);
        return !isMixed || Checksum(digits.ToLowerInvariant()) == "0x" + digits
            ? (match.Groups["chain"].Value, "0x" + digits)
            : throw Invalid("The checksum of the Ethereum address is wrong (EIP-55).");
    }

    private static string Checksum(string digits)
    {
        var hash = Convert.ToHexStringLower(Secp256k1.Keccak256(Encoding.ASCII.GetBytes(digits)));
        return "0x" + string.Concat(digits.Select((c, i) => hash[i] >= '8' ? char.ToUpperInvariant(c) : c));
    }

    private static DidException Invalid(string message) =>
        new(DidError.InvalidDid, DidCodes.InvalidIdentifier, message);

    [GeneratedRegex(
        @"^did:pkh:eip155:(?<chain>[1-9][0-9]{0,31}):0x(?<address>[0-9a-fA-F]{40})\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern { get; }
}
