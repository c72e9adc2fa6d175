using System.IO.Compression;
using System.Text.Json.Nodes;
using Coop.Identity.Credentials;
using Coop.Identity.Keys;
using Coop.Identity.Status;

namespace Coop.Identity.Tests.Status;

/// <summary>One array of bits in two published forms, and back.</summary>
public sealed class StatusListTests
{
    [Fact]
    public void BothFormsSayTheSameOfEveryEntry()
    {
        var random = new Random(20261122);
        var bits = new StatusBits(StatusBits.MinCount);
        for (var i = 0; i < 5_000; i++)
        {
            bits[random.Next(bits.Count)] = (EntryStatus)random.Next(3);
        }

        var revoked = BitstringStatusList.Decode(BitstringStatusList.Encode(bits, StatusPurpose.Revocation));
        var suspended = BitstringStatusList.Decode(BitstringStatusList.Encode(bits, StatusPurpose.Suspension));
        var token = new JsonObject { ["bits"] = 2, ["lst"] = TokenStatusList.Encode(bits) };
        for (var i = 0; i < bits.Count; i++)
        {
            Assert.Equal(bits[i] == EntryStatus.Revoked, (revoked[i / 8] & 0x80 >> i % 8) != 0);
            Assert.Equal(bits[i] == EntryStatus.Suspended, (suspended[i / 8] & 0x80 >> i % 8) != 0);
        }

        foreach (var i in Enumerable.Range(0, 200).Select(_ => random.Next(bits.Count)))
        {
            Assert.Equal(bits[i], TokenStatusList.Read(token, i));
        }
    }

    // The example of draft-ietf-oauth-status-list, section 4.1: 12 entries of 2 bits.
    [Fact]
    public void ReadsTheDraftsExample()
    {
        int[] expected = [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3];
        var list = new JsonObject { ["bits"] = 2, ["lst"] = Base64Url.Encode(Zlib([0xc9, 0x44, 0xf9])) };
        Assert.Equal(expected, expected.Select((_, i) => (int)TokenStatusList.Read(list, i)));
    }

    [Fact]
    public void BytesComeBackAsTheSameBits()
    {
        var bits = new StatusBits(StatusBits.MinCount) { [7] = EntryStatus.Revoked, [131_071] = EntryStatus.Suspended };
        var again = StatusBits.FromBytes(bits.Bytes);
        Assert.Equal((EntryStatus.Revoked, EntryStatus.Suspended, EntryStatus.Valid), (again[7], again[131_071], again[8]));
        again[7] = EntryStatus.Valid;
        Assert.Equal((EntryStatus.Valid, EntryStatus.Revoked), (again[7], bits[7]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(StatusBits.MinCount - 8)]
    [InlineData(StatusBits.MinCount + 1)]
    [InlineData(StatusBits.MaxCount + 8)]
    public void RefusesAnotherNumberOfEntries(int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new StatusBits(count));

    [Fact]
    public void ABombIsRefused_WithoutBeingUnpacked()
    {
        // 1 GiB of zeros is about 1 MB of gzip.
        var bomb = Bomb(1L << 30);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var e = Assert.Throws<CredentialException>(() => BitstringStatusList.Decode("u" + Base64Url.Encode(bomb)));
        Assert.Equal(CredentialCodes.StatusTooLarge, e.Code);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 64 * 1024 * 1024);
    }

    [Fact]
    public void RefusesListsThatAreMalformed()
    {
        var good = BitstringStatusList.Encode(new StatusBits(StatusBits.MinCount), StatusPurpose.Revocation);
        Assert.Equal(CredentialCodes.StatusEncoding, CodeOf(() => BitstringStatusList.Decode(good[1..])));
        Assert.Equal(CredentialCodes.StatusEncoding, CodeOf(() => BitstringStatusList.Decode("z" + good[1..])));
        Assert.Equal(CredentialCodes.StatusEncoding, CodeOf(() => BitstringStatusList.Decode(good + "=")));
        Assert.Equal(CredentialCodes.StatusEncoding, CodeOf(() => BitstringStatusList.Decode("u" + Base64Url.Encode(new byte[100]))));
        Assert.Equal(CredentialCodes.StatusTooLarge, CodeOf(() => BitstringStatusList.Decode("u" + new string('A', 6_000_000))));
        Assert.Equal(CredentialCodes.StatusIndex, CodeOf(() => BitstringStatusList.IsSet(good, StatusBits.MinCount)));
        Assert.Equal(CredentialCodes.StatusIndex, CodeOf(() => BitstringStatusList.IsSet(good, -1)));
        Assert.Equal(CredentialCodes.StatusEncoding, CodeOf(() => TokenStatusList.Read(new JsonObject { ["bits"] = 3, ["lst"] = "" }, 0)));
        Assert.Equal(CredentialCodes.StatusEncoding, CodeOf(() => TokenStatusList.Read(new JsonObject { ["bits"] = 1, ["lst"] = Base64Url.Encode([1, 2, 3]) }, 0)));
    }

    private static string CodeOf(Action action) => Assert.Throws<CredentialException>(action).Code;

    private static byte[] Zlib(byte[] bytes)
    {
        var output = new MemoryStream();
        using (var stream = new ZLibStream(output, CompressionLevel.Optimal, leaveOpen: true))
        {
            stream.Write(bytes);
        }

        return output.ToArray();
    }

    private static byte[] Bomb(long sizeBytes)
    {
        var output = new MemoryStream();
        using (var stream = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true))
        {
            var zeros = new byte[1 << 20];
            for (long written = 0; written < sizeBytes; written += zeros.Length)
            {
                stream.Write(zeros);
            }
        }

        return output.ToArray();
    }
}
