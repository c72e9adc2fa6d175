using System.Security.Cryptography;

namespace Coop.Federation.Log.Merkle;

/// <summary>The hashes of a Merkle tree, RFC 6962 section 2.1, with SHA-256: 32 bytes each.</summary>
public static class TreeHash
{
    public const int SizeBytes = 32;

    private static readonly byte[] EmptyRootBytes = SHA256.HashData([]);

    /// <summary>The root of a tree without leaves: SHA-256 of the empty string.</summary>
    public static ReadOnlySpan<byte> EmptyRoot => EmptyRootBytes;

    /// <summary>SHA-256(0x00 ‖ entry).</summary>
    public static byte[] Leaf(ReadOnlySpan<byte> entry)
    {
        var hash = new byte[SizeBytes];
        Leaf(entry, hash);
        return hash;
    }

    /// <summary>SHA-256(0x00 ‖ entry) into <paramref name="destination"/>.</summary>
    public static void Leaf(ReadOnlySpan<byte> entry, Span<byte> destination)
    {
        // One contiguous buffer: a single native call is several times faster than an incremental hash.
        var size = entry.Length + 1;
        byte[]? rented = null;
        var buffer = size <= 1024
            ? stackalloc byte[1024]
            : rented = System.Buffers.ArrayPool<byte>.Shared.Rent(size);
        buffer[0] = 0x00;
        entry.CopyTo(buffer[1..]);
        SHA256.HashData(buffer[..size], destination);
        if (rented is not null)
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>SHA-256(0x01 ‖ left ‖ right).</summary>
    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var hash = new byte[SizeBytes];
        Node(left, right, hash);
        return hash;
    }

    /// <summary>SHA-256(0x01 ‖ left ‖ right) into <paramref name="destination"/>, which may be either of them.</summary>
    public static void Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> destination)
    {
        Span<byte> buffer = stackalloc byte[1 + (2 * SizeBytes)];
        buffer[0] = 0x01;
        left.CopyTo(buffer[1..]);
        right.CopyTo(buffer[(1 + SizeBytes)..]);
        SHA256.HashData(buffer, destination);
    }

    /// <summary>
    /// The root of a perfect tree over a row of hashes, of which there are a power of two; the row is
    /// overwritten.
    /// </summary>
    public static byte[] Perfect(Span<byte> row)
    {
        var width = row.Length / SizeBytes;
        if (row.Length % SizeBytes != 0 || !System.Numerics.BitOperations.IsPow2(width))
        {
            throw new ArgumentException("A perfect tree has a power of two of hashes.", nameof(row));
        }

        for (; width > 1; width /= 2)
        {
            for (var i = 0; i < width / 2; i++)
            {
                var pair = row.Slice(i * 2 * SizeBytes, 2 * SizeBytes);
                Node(pair[..SizeBytes], pair[SizeBytes..], row.Slice(i * SizeBytes, SizeBytes));
            }
        }

        return row[..SizeBytes].ToArray();
    }
}
