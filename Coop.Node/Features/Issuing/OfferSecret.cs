using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Coop.Identity.Keys;

namespace Coop.Node.Features.Issuing;

/// <summary>
/// The secret of a credential offer: 32 random bytes, of which the database keeps a hash alone. The handle
/// in the offer's address is the secret itself, the pre-authorized code follows from it; so the node can
/// answer the offer again and still keeps neither.
/// </summary>
internal readonly record struct OfferSecret(ReadOnlyMemory<byte> Bytes)
{
    public const int SizeBytes = 32;

    /// <summary>Decimal digits of a transaction code.</summary>
    public const int TxCodeLength = 6;

    private const int TxCodeCount = 1_000_000;

    public string Handle => Base64Url.Encode(Bytes.Span);

    public string Code => Base64Url.Encode(HMACSHA256.HashData(Bytes.Span, "coop.offer.code.v1"u8));

    public static OfferSecret New() => new(RandomNumberGenerator.GetBytes(SizeBytes));

    public static OfferSecret? Parse(string handle) =>
        Base64Url.TryDecode(handle, out var bytes) && bytes.Length == SizeBytes ? new OfferSecret(bytes) : null;

    public static string NewTxCode() =>
        RandomNumberGenerator.GetInt32(TxCodeCount).ToString("D6", CultureInfo.InvariantCulture);

    /// <summary>What is kept of a code or token.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>What is kept of a transaction code, with the offer's id so that equal ones do not look equal.</summary>
    public static byte[] HashTxCode(Guid offerId, string txCode) => Hash($"{offerId:D}:{txCode}");
}
