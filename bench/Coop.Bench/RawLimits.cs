using System.Security.Cryptography;
using Coop.Identity.Keys;
using Npgsql;

namespace Coop.Bench;

/// <summary>What the machine and its libraries can do at all: the scale for everything else.</summary>
internal static class RawLimits
{
    private const int EntrySizeBytes = 430;

    public static IEnumerable<Figure> Crypto(TimeSpan duration)
    {
        var entry = RandomNumberGenerator.GetBytes(EntrySizeBytes);
        var hash = new byte[SHA256.HashSizeInBytes];
        yield return new($"SHA-256 of {EntrySizeBytes} bytes, one core", OneCore.Rate(duration, () => SHA256.HashData(entry, hash)), "1/s");
        using var key = Ed25519Key.Generate();
        var signature = key.Sign(entry);
        yield return new("Ed25519 signatures, one core", OneCore.Rate(duration, () => key.Sign(entry)), "1/s");
        yield return new(
            "Ed25519 verifications, one core",
            OneCore.Rate(duration, () => Ed25519.Verify(key.PublicKey.Span, entry, signature)), "1/s");
    }

    /// <summary>Commits of one-row inserts per second, by the driver and on the server that the node uses.</summary>
    public static async Task<double> InsertCommitsAsync(NpgsqlDataSource dataSource, int connections, TimeSpan duration)
    {
        await ExecuteAsync(dataSource, "CREATE TABLE IF NOT EXISTS bench_raw (id uuid NOT NULL PRIMARY KEY, body text NOT NULL)");
        var body = new string('x', 200);
        var rate = await Load.RateAsync(connections, duration, async (_, _) =>
        {
            await using var connection = await dataSource.OpenConnectionAsync();
            await using var command = new NpgsqlCommand("INSERT INTO bench_raw (id, body) VALUES ($1, $2)", connection);
            command.Parameters.Add(new() { Value = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()) });
            command.Parameters.Add(new() { Value = body });
            await command.ExecuteNonQueryAsync();
            return true;
        });
        await ExecuteAsync(dataSource, "DROP TABLE bench_raw");
        return rate;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource dataSource, string sql)
    {
        await using var command = dataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
