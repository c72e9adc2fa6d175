using System.Text.Json.Nodes;
using Coop.Identity.Credentials;
using Coop.Identity.Credentials.Jose;
using Coop.Identity.Keys;

namespace Coop.Identity.Status;

/// <summary>
/// IETF Token Status List (draft-ietf-oauth-status-list): two bits an entry, zlib, base64url, in a JWT of
/// the type <c>statuslist+jwt</c>. 0 is valid, 1 is invalid (revoked), 2 is suspended.
/// </summary>
public static class TokenStatusList
{
    public const string Type = "statuslist+jwt";

    /// <summary><c>lst</c>.</summary>
    public static string Encode(StatusBits bits)
    {
        ArgumentNullException.ThrowIfNull(bits);
        return Base64Url.Encode(Packing.Zlib(bits.Bytes));
    }

    /// <summary>The signed token.</summary>
    public static string Issue(StatusBits bits, StatusListOptions options, IssuerKey key)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(key);
        var payload = new JsonObject
        {
            ["sub"] = options.Uri,
            ["iss"] = options.Issuer,
            ["iat"] = options.IssuedAt.ToUnixTimeSeconds(),
            ["exp"] = options.ValidUntil.ToUnixTimeSeconds(),
            ["status_list"] = new JsonObject { ["bits"] = StatusBits.BitsPerEntry, ["lst"] = Encode(bits) },
        };
        if (options.TimeToLive is { } ttl)
        {
            payload["ttl"] = (long)ttl.TotalSeconds;
        }

        return CompactJws.Sign(new JsonObject { ["typ"] = Type, ["kid"] = key.Id }, payload, key.Key);
    }

    /// <summary>What a list says of an entry.</summary>
    /// <param name="statusList">The claim <c>status_list</c>.</param>
    /// <param name="index">The entry, from 0.</param>
    /// <exception cref="CredentialException">The list is malformed or too long, or has no such entry.</exception>
    public static EntryStatus Read(JsonObject statusList, int index)
    {
        ArgumentNullException.ThrowIfNull(statusList);
        var bits = statusList.Integer("bits");
        if (bits is not (1 or 2 or 4 or 8))
        {
            throw new CredentialException(CredentialCodes.StatusEncoding, "The status list's entries have another number of bits.");
        }

        var bytes = Decode(statusList.RequiredText("lst"));
        var perByte = 8 / bits.Value;
        if (index < 0 || index / perByte >= bytes.Length)
        {
            throw new CredentialException(CredentialCodes.StatusIndex, "The status list has no such entry.");
        }

        var value = bytes[index / perByte] >> index % perByte * bits.Value & (1 << bits.Value) - 1;
        return value is >= 0 and < (int)EntryStatus.Other ? (EntryStatus)value : EntryStatus.Other;
    }

    private static byte[] Decode(string list)
    {
        if (list.Length > Packing.MaxTextLength)
        {
            throw new CredentialException(CredentialCodes.StatusTooLarge, "The status list is longer than is allowed.");
        }

        return Base64Url.TryDecode(list, out var packed)
            ? Packing.Unzlib(packed)
            : throw new CredentialException(CredentialCodes.StatusEncoding, "The status list is not base64url.");
    }
}
