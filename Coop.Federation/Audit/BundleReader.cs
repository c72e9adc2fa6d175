using System.Text;
using Coop.Federation.Log.Tiles;

namespace Coop.Federation.Audit;

/// <summary>Reads the bundles of a log in their order, a few of them ahead, so that an audit seldom waits.</summary>
internal sealed class BundleReader(LogFiles files, string origin, long size, bool isChronicled = false, bool withBooks = false)
{
    /// <summary>Bundles on their way at once; bounds both the load on the log and the memory.</summary>
    private const int Ahead = 8;

    private readonly byte[] _origin = Encoding.ASCII.GetBytes(origin);

    /// <summary>The bundles from one on, up to the size of the log.</summary>
    public IAsyncEnumerable<BundleReading> ReadAsync(long firstBundle, CancellationToken ct) =>
        InOrder.RunAsync(Paths(firstBundle, size), Ahead, ReadAsync, ct);

    /// <summary>The bundles of a log from one on.</summary>
    public static IEnumerable<TilePath> Paths(long firstBundle, long size)
    {
        for (var index = firstBundle; TilePath.In(size, TilePath.Entries, index) is { } path; index++)
        {
            yield return path;
        }
    }

    private async Task<BundleReading> ReadAsync(TilePath bundle, CancellationToken ct)
    {
        var tile = files.FetchTileAsync(bundle with { Level = 0 }, ct);
        var entries = await files.FetchBundleAsync(bundle, ct);
        return BundleReading.Read(bundle, entries, await tile, _origin, isChronicled, withBooks);
    }
}
