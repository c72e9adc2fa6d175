using System.Runtime.CompilerServices;
using System.Text;
using Coop.Federation.Log.Tiles;

namespace Coop.Federation.Audit;

/// <summary>Reads the bundles of a log in their order, a few of them ahead, so that an audit seldom waits.</summary>
internal sealed class BundleReader(LogFiles files, string origin, long size)
{
    /// <summary>Bundles on their way at once; bounds both the load on the log and the memory.</summary>
    private const int Ahead = 8;

    private readonly byte[] _origin = Encoding.ASCII.GetBytes(origin);

    /// <summary>The bundles from one on, up to the size of the log.</summary>
    public async IAsyncEnumerable<BundleReading> ReadAsync(long firstBundle, [EnumeratorCancellation] CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var underWay = new Queue<Task<BundleReading>>();
        try
        {
            for (var index = firstBundle; ; index++)
            {
                var path = TilePath.In(size, TilePath.Entries, index);
                if (path is { } bundle)
                {
                    underWay.Enqueue(Task.Run(() => ReadAsync(bundle, stop.Token), CancellationToken.None));
                }

                if (underWay.Count > (path is null ? 0 : Ahead))
                {
                    yield return await underWay.Dequeue();
                }
                else if (path is null)
                {
                    yield break;
                }
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(underWay).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task<BundleReading> ReadAsync(TilePath bundle, CancellationToken ct)
    {
        var tile = files.FetchTileAsync(bundle with { Level = 0 }, ct);
        var entries = await files.FetchBundleAsync(bundle, ct);
        return BundleReading.Read(bundle, entries, await tile, _origin);
    }
}
