using System.Security.Cryptography;
using Coop.Federation.Log.Merkle;

namespace Coop.Federation.Tests.Log.Merkle;

/// <summary>RFC 6962 section 2.1, word for word, with nothing shared with the code under test.</summary>
internal static class NaiveTree
{
    private static readonly Dictionary<(int, long), byte[]> Cache = [];

    public static byte[] Leaf(int i) => Hash([0, .. BitConverter.GetBytes(i)]);

    public static byte[] Entry(int i) => BitConverter.GetBytes(i);

    public static byte[] Root(int start, int end)
    {
        if (end == start)
        {
            return Hash([]);
        }

        if (end - start == 1)
        {
            return Leaf(start);
        }

        var split = 1;
        while (split * 2 < end - start)
        {
            split *= 2;
        }

        return Hash([1, .. Root(start, start + split), .. Root(start + split, end)]);
    }

    public static Proofs.PerfectSubtree Subtree { get; } = (height, index) =>
    {
        lock (Cache)
        {
            var key = (height, index);
            return Cache.TryGetValue(key, out var hash)
                ? hash
                : Cache[key] = Root((int)(index << height), (int)((index + 1) << height));
        }
    };

    private static byte[] Hash(byte[] bytes) => SHA256.HashData(bytes);
}
