using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Coop.Federation.Peering;

/// <summary>
/// A number that two co-ops compare over another way (a call, a meeting) before they peer: the same on both sides,
/// and another one as soon as somebody in between shows either of them another DID or key.
/// </summary>
/// <remarks>
/// Six groups of five digits, 99 bits: SHA-256 over a line that names the purpose and, for each side in the order of
/// their DIDs, lines with DID, log key and witness key; each group is five bytes, big-endian, modulo 100,000. A DID
/// names the first entry of its history by hash, and so its keys.
/// </remarks>
public static class PeerFingerprint
{
    private const string Purpose = "coop-peering-fingerprint/v1\n";
    private const int GroupCount = 6;
    private const int GroupSizeBytes = 5;
    private const long GroupModulus = 100_000;

    /// <summary>E.g. <c>04711 33102 90011 55210 00042 81723</c>.</summary>
    public static string Of(PeerDescriptor one, PeerDescriptor other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var sides = new[] { one, other }.OrderBy(d => d.Did, StringComparer.Ordinal)
            .Select(d => $"{d.Did}\n{d.LogKey}\n{d.WitnessKey}\n");
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(Purpose + string.Concat(sides)));
        return string.Join(' ', Enumerable.Range(0, GroupCount).Select(i => Group(hash.AsSpan(i * GroupSizeBytes, GroupSizeBytes))));
    }

    private static string Group(ReadOnlySpan<byte> bytes)
    {
        long value = 0;
        foreach (var b in bytes)
        {
            value = value << 8 | b;
        }

        return (value % GroupModulus).ToString("D5", CultureInfo.InvariantCulture);
    }
}
