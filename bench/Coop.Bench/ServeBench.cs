using Coop.Federation.Log.Tiles;
using Coop.Testing;
using Npgsql;

namespace Coop.Bench;

/// <summary>The log's files as the node serves them, against Kestrel that answers the same bytes and does nothing else.</summary>
internal static class ServeBench
{
    private const int Connections = 8;
    private const int LogSize = 5_000;
    private const double Goal = 0.5;

    public static async IAsyncEnumerable<Figure> RunAsync(TestNode node, NpgsqlDataSource dataSource, TimeSpan duration)
    {
        await IntakeFiller.FillAsync(dataSource, LogSize);
        await IntakeFiller.WaitForSizeAsync(dataSource, LogSize);
        foreach (var (name, path) in new[] { ("tile", "/log/tile/0/000"), ("entry bundle", "/log/tile/entries/000") })
        {
            var bytes = await node.Client.GetByteArrayAsync(new Uri(path, UriKind.Relative));
            await using var fixedReply = await LogServer.StartAsync(_ => bytes);
            var floor = await RateAsync(fixedReply.Address, path, duration);
            var rate = await RateAsync(node.Address, path, duration);
            yield return new($"Kestrel: a static reply of {bytes.Length:N0} bytes", floor, "1/s");
            yield return new($"node: a full {name} of {bytes.Length:N0} bytes", rate, "1/s");
            yield return Figure.AtLeast($"full {name} against the static reply", rate / floor, "ratio", Goal);
        }

        var size = await IntakeFiller.LogSizeAsync(dataSource);
        var partial = "/log/" + TilePath.In(size, 0, size / TilePath.FullWidth);
        yield return new("node: a partial tile, computed from the database", await RateAsync(node.Address, partial, duration), "1/s");
        yield return new("node: the checkpoint", await RateAsync(node.Address, "/log/checkpoint", duration), "1/s");
    }

    private static async Task<double> RateAsync(Uri address, string path, TimeSpan duration)
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => LeanHttpClient.ConnectAsync(address)));
        try
        {
            return await Load.RateAsync(Connections, duration, async (connection, _) =>
            {
                await clients[connection].GetAsync(path);
                return true;
            });
        }
        finally
        {
            Array.ForEach(clients, c => c.Dispose());
        }
    }
}
