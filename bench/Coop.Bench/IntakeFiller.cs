using System.Globalization;
using System.Security.Cryptography;
using Npgsql;

namespace Coop.Bench;

/// <summary>Fills the intake as many writers would have, without their cost: rows of ballots, in one transaction.</summary>
internal static class IntakeFiller
{
    private const string CopyIntake = """
        COPY log_intake (id, written_at, ordinal, type, actor, subject, time, payload_hash, visibility)
        FROM STDIN
        """;

    public static async Task FillAsync(NpgsqlDataSource dataSource, int count)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var writer = await connection.BeginTextImportAsync(CopyIntake);
        var start = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < count; i++)
        {
            await writer.WriteAsync(Row(start.AddMicroseconds(i)));
        }
    }

    /// <summary>The size of the signed log.</summary>
    public static async Task<long> LogSizeAsync(NpgsqlDataSource dataSource)
    {
        await using var command = dataSource.CreateCommand("SELECT checkpoint_size FROM log_head");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Waits until the log has that size; answers how long it took.</summary>
    public static async Task<TimeSpan> WaitForSizeAsync(NpgsqlDataSource dataSource, long size)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (await LogSizeAsync(dataSource) < size)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5));
        }

        return clock.Elapsed;
    }

    private static string Row(DateTimeOffset time)
    {
        var stamp = time.ToString("O", CultureInfo.InvariantCulture);
        var hash = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var (id, subject) = (Guid.CreateVersion7(time), Guid.CreateVersion7(time));
        return $"{id}\t{stamp}\t0\tvote.cast\tmember:q83vEjRWeJCrze8SNFZ4kA\tproposal:{subject}\t{stamp}\t\\\\x{hash}\tprivate\n";
    }
}
