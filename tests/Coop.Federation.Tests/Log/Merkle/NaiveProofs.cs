namespace Coop.Federation.Tests.Log.Merkle;

/// <summary>
/// PATH and SUBPROOF of RFC 6962, sections 2.1.1 and 2.1.2, word for word, over the leaves of
/// <see cref="NaiveTree"/>, with nothing shared with the code under test. Ranges are hashed once.
/// </summary>
internal static class NaiveProofs
{
    private static readonly Dictionary<(int Start, int End), byte[]> Ranges = [];

    public static byte[] Root(int start, int end)
    {
        lock (Ranges)
        {
            return Ranges.TryGetValue((start, end), out var hash)
                ? hash
                : Ranges[(start, end)] = NaiveTree.Root(start, end);
        }
    }

    /// <summary>PATH(m, D[n]), where D begins at leaf <paramref name="start"/>.</summary>
    public static IEnumerable<byte[]> Path(int m, int n, int start = 0)
    {
        if (n == 1)
        {
            return [];
        }

        var k = Split(n);
        return m < k
            ? [.. Path(m, k, start), Root(start + k, start + n)]
            : [.. Path(m - k, n - k, start + k), Root(start, start + k)];
    }

    /// <summary>SUBPROOF(m, D[n], b); with b it is PROOF(m, D[n]).</summary>
    public static IEnumerable<byte[]> SubProof(int m, int n, bool b, int start = 0)
    {
        if (m == n)
        {
            return b ? [] : [Root(start, start + m)];
        }

        var k = Split(n);
        return m <= k
            ? [.. SubProof(m, k, b, start), Root(start + k, start + n)]
            : [.. SubProof(m - k, n - k, false, start + k), Root(start, start + k)];
    }

    private static int Split(int n)
    {
        var k = 1;
        while (k * 2 < n)
        {
            k *= 2;
        }

        return k;
    }
}
