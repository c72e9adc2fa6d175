namespace Coop.Bench;

/// <summary>Votes through HTTP against raw commits of one-row inserts, in one run.</summary>
internal static class VotesBench
{
    private const int Connections = 32;

    public static async IAsyncEnumerable<Figure> RunAsync(BenchNode node, TimeSpan duration)
    {
        var raw = await RawLimits.InsertCommitsAsync(node.DataSource, Connections, duration);
        yield return new("raw single-row INSERT commits, 32 connections", raw, "1/s");
    }
}
