using System.Text.Json.Nodes;
using Coop.Identity.Credentials;
using Coop.Identity.Credentials.Jose;
using Coop.Identity.Credentials.Vcdm;
using Coop.Identity.Keys;

namespace Coop.Identity.Status;

/// <summary>
/// W3C Bitstring Status List 1.0: one bit an entry, gzip, base64url with the multibase prefix <c>u</c>, in
/// a credential of VCDM 2.0.
/// </summary>
public static class BitstringStatusList
{
    public const string CredentialTypeName = "BitstringStatusListCredential";
    public const string SubjectType = "BitstringStatusList";

    private const char MultibasePrefix = 'u';

    /// <summary><c>encodedList</c> of one purpose.</summary>
    public static string Encode(StatusBits bits, StatusPurpose purpose)
    {
        ArgumentNullException.ThrowIfNull(bits);
        return MultibasePrefix + Base64Url.Encode(Packing.Gzip(bits.Plane(StatusOf(purpose))));
    }

    /// <summary>The signed credential.</summary>
    /// <param name="bits">The entries.</param>
    /// <param name="purpose">Revocation or suspension.</param>
    /// <param name="options">Where and until when it is published.</param>
    /// <param name="key">A key of the issuer.</param>
    /// <param name="format"><see cref="CredentialFormat.DataIntegrity"/> or <see cref="CredentialFormat.VcJwt"/>.</param>
    public static string Issue(
        StatusBits bits, StatusPurpose purpose, StatusListOptions options, IssuerKey key, CredentialFormat format)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(key);
        var document = Document(Encode(bits, purpose), purpose, options);
        switch (format)
        {
            case CredentialFormat.DataIntegrity:
                return VcdmDataIntegrity.Secure(document, key, new JsonObject
                {
                    ["created"] = JsonText.ToText(options.IssuedAt),
                    ["verificationMethod"] = key.Id,
                    ["proofPurpose"] = VcdmDataIntegrity.AssertionPurpose,
                });
            case CredentialFormat.VcJwt:
                document["iss"] = options.Issuer;
                document["iat"] = options.IssuedAt.ToUnixTimeSeconds();
                document["exp"] = options.ValidUntil.ToUnixTimeSeconds();
                return CompactJws.Sign(VcdmJwt.Header(VcdmJwt.Type20, key), document, key.Key);
            default:
                throw new ArgumentOutOfRangeException(nameof(format));
        }
    }

    /// <summary>Whether the entry's bit is set.</summary>
    /// <param name="encodedList">As <see cref="Encode"/> gives.</param>
    /// <param name="index">The entry, from 0.</param>
    /// <exception cref="CredentialException">The list is malformed, too short or too long, or has no such entry.</exception>
    public static bool IsSet(string encodedList, int index)
    {
        var bits = Decode(encodedList);
        if (index < 0 || index / 8 >= bits.Length)
        {
            throw new CredentialException(CredentialCodes.StatusIndex, "The status list has no such entry.");
        }

        return (bits[index / 8] & 0x80 >> index % 8) != 0;
    }

    /// <summary>The bits, the first entry in the highest bit of the first byte.</summary>
    /// <exception cref="CredentialException">The list is malformed, too short or too long.</exception>
    public static byte[] Decode(string encodedList)
    {
        ArgumentNullException.ThrowIfNull(encodedList);
        if (encodedList.Length > Packing.MaxTextLength)
        {
            throw new CredentialException(CredentialCodes.StatusTooLarge, "The status list is longer than is allowed.");
        }

        if (encodedList is not [MultibasePrefix, ..] || !Base64Url.TryDecode(encodedList.AsSpan(1), out var packed))
        {
            throw new CredentialException(CredentialCodes.StatusEncoding, "The status list is not multibase base64url.");
        }

        var bits = Packing.Gunzip(packed);
        return bits.Length >= StatusBits.MinCount / 8
            ? bits
            : throw new CredentialException(CredentialCodes.StatusEncoding, "The status list has fewer entries than privacy asks for.");
    }

    internal static EntryStatus StatusOf(StatusPurpose purpose) => purpose switch
    {
        StatusPurpose.Revocation => EntryStatus.Revoked,
        StatusPurpose.Suspension => EntryStatus.Suspended,
        _ => throw new ArgumentOutOfRangeException(nameof(purpose)),
    };

    private static JsonObject Document(string encodedList, StatusPurpose purpose, StatusListOptions options)
    {
        var subject = new JsonObject
        {
            ["id"] = options.Uri + "#list",
            ["type"] = SubjectType,
            ["statusPurpose"] = VcdmNames.PurposeName(purpose),
            ["encodedList"] = encodedList,
        };
        if (options.TimeToLive is { } ttl)
        {
            subject["ttl"] = (long)ttl.TotalMilliseconds;
        }

        return new JsonObject
        {
            ["@context"] = new JsonArray(VcdmNames.Context20),
            ["id"] = options.Uri,
            ["type"] = new JsonArray(VcdmNames.Credential, CredentialTypeName),
            ["issuer"] = options.Issuer,
            ["validFrom"] = JsonText.ToText(options.IssuedAt),
            ["validUntil"] = JsonText.ToText(options.ValidUntil),
            ["credentialSubject"] = subject,
        };
    }
}
