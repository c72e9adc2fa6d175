using System.Numerics;

namespace Coop.Federation.Log.Merkle;

/// <summary>
/// Inclusion and consistency proofs, RFC 6962 sections 2.1.1 and 2.1.2; verification follows RFC 9162
/// sections 2.1.3.2 and 2.1.4.2. Pure: hashes come through a function.
/// </summary>
public static class Proofs
{
    /// <summary>A proof for a tree of fewer than 2^63 leaves is never longer.</summary>
    public const int MaxHashes = 63;

    /// <summary>
    /// The hash of the perfect subtree of 2^<paramref name="height"/> leaves that begins at leaf
    /// <paramref name="index"/> × 2^<paramref name="height"/>. Asked only for subtrees inside the tree.
    /// </summary>
    public delegate byte[] PerfectSubtree(int height, long index);

    /// <summary>The root of the first <paramref name="size"/> leaves.</summary>
    public static byte[] Root(long size, PerfectSubtree subtree)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return size == 0 ? TreeHash.EmptyRoot.ToArray() : RangeHash(0, size, subtree);
    }

    /// <summary>PATH(index, D[size]): from the leaf's sibling up to the root's child.</summary>
    public static IReadOnlyList<byte[]> Inclusion(long index, long size, PerfectSubtree subtree)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<byte[]>();
        var (start, end) = (0L, size);
        while (end - start > 1)
        {
            var middle = start + SplitPoint(end - start);
            if (index < middle)
            {
                path.Add(RangeHash(middle, end, subtree));
                end = middle;
            }
            else
            {
                path.Add(RangeHash(start, middle, subtree));
                start = middle;
            }
        }

        path.Reverse();
        return path;
    }

    /// <summary>PROOF(oldSize, D[newSize]); empty where either is trivial.</summary>
    public static IReadOnlyList<byte[]> Consistency(long oldSize, long newSize, PerfectSubtree subtree)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(oldSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, newSize);
        return oldSize == 0 || oldSize == newSize ? [] : SubProof(oldSize, newSize, true, subtree);
    }

    /// <summary>
    /// SUBPROOF(oldSize, D[newSize], false), for 0 &lt; oldSize &lt; newSize: a consistency proof that leaves
    /// nothing out, so that both roots follow from it alone.
    /// </summary>
    public static IReadOnlyList<byte[]> Decomposition(long oldSize, long newSize, PerfectSubtree subtree)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(oldSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(oldSize, newSize);
        return SubProof(oldSize, newSize, false, subtree);
    }

    private static List<byte[]> SubProof(long oldSize, long newSize, bool complete, PerfectSubtree subtree)
    {
        var proof = new List<byte[]>();
        var (start, end) = (0L, newSize);
        while (oldSize != end)
        {
            var middle = start + SplitPoint(end - start);
            if (oldSize <= middle)
            {
                proof.Add(RangeHash(middle, end, subtree));
                end = middle;
            }
            else
            {
                proof.Add(RangeHash(start, middle, subtree));
                start = middle;
                complete = false;
            }
        }

        if (!complete)
        {
            proof.Add(RangeHash(start, end, subtree));
        }

        proof.Reverse();
        return proof;
    }

    /// <summary>Whether the leaf is at that index of the tree with that root.</summary>
    public static bool VerifyInclusion(
        long index, long size, ReadOnlySpan<byte> leafHash, IReadOnlyList<byte[]> proof, ReadOnlySpan<byte> root)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (index < 0 || index >= size || proof.Count > MaxHashes || !AllHashes(proof) || leafHash.Length != TreeHash.SizeBytes)
        {
            return false;
        }

        var (node, last) = (index, size - 1);
        var hash = leafHash.ToArray();
        foreach (var sibling in proof)
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                TreeHash.Node(sibling, hash, hash);
                SkipToRightChild(ref node, ref last);
            }
            else
            {
                TreeHash.Node(hash, sibling, hash);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && root.SequenceEqual(hash);
    }

    /// <summary>Whether the tree of <paramref name="newSize"/> leaves begins with the tree of <paramref name="oldSize"/>.</summary>
    public static bool VerifyConsistency(
        long oldSize, long newSize, ReadOnlySpan<byte> oldRoot, ReadOnlySpan<byte> newRoot, IReadOnlyList<byte[]> proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (oldSize < 0 || newSize < oldSize || proof.Count > MaxHashes || !AllHashes(proof))
        {
            return false;
        }

        if (oldSize == newSize)
        {
            return proof.Count == 0 && oldRoot.SequenceEqual(newRoot);
        }

        if (oldSize == 0)
        {
            return proof.Count == 0 && oldRoot.SequenceEqual(TreeHash.EmptyRoot);
        }

        // A perfect old tree is itself the first hash, which the proof leaves out.
        return ComposeRoots(oldSize, newSize, BitOperations.IsPow2(oldSize) ? [oldRoot.ToArray(), .. proof] : proof)
                is var (composedOld, composedNew)
            && oldRoot.SequenceEqual(composedOld) && newRoot.SequenceEqual(composedNew);
    }

    /// <summary>
    /// The two roots that a <see cref="Decomposition"/> composes to; null where it is none of those sizes.
    /// If the newer is the root of a tree, the older is the root of that tree's first leaves.
    /// </summary>
    public static (byte[] Old, byte[] New)? ComposeRoots(long oldSize, long newSize, IReadOnlyList<byte[]> decomposition)
    {
        ArgumentNullException.ThrowIfNull(decomposition);
        if (oldSize <= 0 || newSize <= oldSize
            || decomposition.Count is 0 or > MaxHashes + 1 || !AllHashes(decomposition))
        {
            return null;
        }

        var (node, last) = (oldSize - 1, newSize - 1);
        var trailingOnes = BitOperations.TrailingZeroCount(~node);
        node >>= trailingOnes;
        last >>= trailingOnes;
        var (oldHash, newHash) = ((byte[])decomposition[0].Clone(), (byte[])decomposition[0].Clone());
        foreach (var sibling in decomposition.Skip(1))
        {
            if (last == 0)
            {
                return null;
            }

            if ((node & 1) == 1 || node == last)
            {
                TreeHash.Node(sibling, oldHash, oldHash);
                TreeHash.Node(sibling, newHash, newHash);
                SkipToRightChild(ref node, ref last);
            }
            else
            {
                TreeHash.Node(newHash, sibling, newHash);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 ? (oldHash, newHash) : null;
    }

    /// <summary>The largest power of two smaller than <paramref name="count"/> (≥ 2).</summary>
    public static long SplitPoint(long count) => 1L << BitOperations.Log2((ulong)(count - 1));

    // MTH(D[start:end]) for a range that RFC 6962's recursion meets: start is a multiple of the
    // largest power of two that fits, so every left part is a perfect, aligned subtree.
    private static byte[] RangeHash(long start, long end, PerfectSubtree subtree)
    {
        var count = end - start;
        if (BitOperations.IsPow2(count))
        {
            var height = BitOperations.Log2((ulong)count);
            return subtree(height, start >> height);
        }

        var middle = start + SplitPoint(count);
        return TreeHash.Node(RangeHash(start, middle, subtree), RangeHash(middle, end, subtree));
    }

    // RFC 9162, 2.1.3.2 step 4.b: a node without a right sibling moves up until it is a right child.
    private static void SkipToRightChild(ref long node, ref long last)
    {
        while ((node & 1) == 0 && node != 0)
        {
            node >>= 1;
            last >>= 1;
        }
    }

    private static bool AllHashes(IReadOnlyList<byte[]> proof) => proof.All(h => h.Length == TreeHash.SizeBytes);
}
