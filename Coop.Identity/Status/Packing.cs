using System.IO.Compression;
using Coop.Identity.Credentials;

namespace Coop.Identity.Status;

/// <summary>Compression of status lists, bounded on the way back.</summary>
internal static class Packing
{
    /// <summary>The most that a list unpacks to: two bits for each of <see cref="StatusBits.MaxCount"/>.</summary>
    public const int MaxUnpackedBytes = StatusBits.MaxCount / 4;

    /// <summary>The longest text of a packed list that is looked at: base64url of bytes that do not compress.</summary>
    public const int MaxTextLength = MaxUnpackedBytes / 3 * 4 + 4096;

    private const int ChunkBytes = 64 * 1024;

    public static byte[] Gzip(ReadOnlySpan<byte> bytes) => Pack(bytes, s => new GZipStream(s, CompressionLevel.Optimal, leaveOpen: true));

    public static byte[] Zlib(ReadOnlySpan<byte> bytes) => Pack(bytes, s => new ZLibStream(s, CompressionLevel.Optimal, leaveOpen: true));

    /// <exception cref="CredentialException">Not gzip, or it unpacks to more than is allowed.</exception>
    public static byte[] Gunzip(byte[] packed) => Unpack(packed, s => new GZipStream(s, CompressionMode.Decompress));

    /// <exception cref="CredentialException">Not zlib, or it unpacks to more than is allowed.</exception>
    public static byte[] Unzlib(byte[] packed) => Unpack(packed, s => new ZLibStream(s, CompressionMode.Decompress));

    private static byte[] Pack(ReadOnlySpan<byte> bytes, Func<Stream, Stream> compressor)
    {
        var output = new MemoryStream();
        using (var stream = compressor(output))
        {
            stream.Write(bytes);
        }

        return output.ToArray();
    }

    // Reads no further than one byte beyond the limit, so that a bomb costs as much as an honest list.
    private static byte[] Unpack(byte[] packed, Func<Stream, Stream> decompressor)
    {
        using var stream = decompressor(new MemoryStream(packed));
        using var output = new MemoryStream();
        var chunk = new byte[ChunkBytes];
        try
        {
            for (int read; (read = stream.Read(chunk)) > 0;)
            {
                output.Write(chunk, 0, read);
                if (output.Length > MaxUnpackedBytes)
                {
                    throw new CredentialException(
                        CredentialCodes.StatusTooLarge, "The status list unpacks to more than is allowed.");
                }
            }
        }
        catch (InvalidDataException e)
        {
            throw new CredentialException(CredentialCodes.StatusEncoding, "The status list cannot be unpacked.", e);
        }

        return output.ToArray();
    }
}
