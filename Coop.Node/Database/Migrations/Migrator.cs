using System.Diagnostics;
using System.Security.Cryptography;
using DbUp.Builder;
using DbUp.Engine;
using Npgsql;

namespace Coop.Node.Database.Migrations;

/// <summary>
/// Brings the schema up to date. Takes no lock, so there is none that a crash could leave behind:
/// every step may run twice, and nodes that start together each try until all steps are noted.
/// </summary>
internal static class Migrator
{
    private const string SelectVersion = "SELECT version()";

    private const int MaxBackoffMs = 500;

    /// <summary>
    /// Waits for an unreachable server as long as <paramref name="patience"/>; tells which engine it is.
    /// </summary>
    /// <exception cref="MigrationException">The schema is of another make, or a step fails.</exception>
    public static async Task<DatabaseEngine> MigrateAsync(
        NpgsqlDataSource dataSource, TimeSpan patience, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                var engine = await DetectAsync(dataSource, ct);
                // DbUp's interface is synchronous.
                await Task.Run(() => Upgrade(dataSource), ct);
                return engine;
            }
            catch (Exception e) when (MayPass(e))
            {
                if (Stopwatch.GetElapsedTime(started) > patience)
                {
                    throw new MigrationException($"The database is not to be had: {e.Message}", e);
                }

                await Task.Delay(RandomNumberGenerator.GetInt32(20, MaxBackoffMs), ct);
            }
        }
    }

    private static async Task<DatabaseEngine> DetectAsync(NpgsqlDataSource dataSource, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(SelectVersion);
        var version = (string)(await command.ExecuteScalarAsync(ct))!;
        return version.StartsWith("CockroachDB", StringComparison.Ordinal)
            ? DatabaseEngine.CockroachDb
            : DatabaseEngine.PostgreSql;
    }

    private static void Upgrade(NpgsqlDataSource dataSource)
    {
        var journal = new MigrationJournal(dataSource);
        var applied = journal.Read();
        RefuseOtherHistory(applied);
        if (applied.Count == Migration.All.Count)
        {
            return;
        }

        var connections = new PooledConnections(dataSource);
        var configuration = new UpgradeConfiguration
        {
            ConnectionManager = connections,
            Journal = journal,
            ScriptExecutor = new StatementExecutor(connections, journal),
        };
        configuration.ScriptProviders.Add(new DbUp.ScriptProviders.StaticScriptProvider(
            Migration.All.Select(m => new SqlScript(m.Name, m.Statement))));
        var result = new UpgradeEngine(configuration).PerformUpgrade();
        if (!result.Successful)
        {
            throw MayPass(result.Error)
                ? result.Error
                : new MigrationException($"{result.ErrorScript?.Name}: {result.Error.Message}", result.Error);
        }
    }

    // Forward only: a step that was taken is never edited, and an older program never runs on a newer
    // schema.
    private static void RefuseOtherHistory(IReadOnlyDictionary<string, string> applied)
    {
        var known = Migration.All.ToDictionary(m => m.Name, m => m.Checksum, StringComparer.Ordinal);
        foreach (var (name, checksum) in applied)
        {
            if (!known.TryGetValue(name, out var expected))
            {
                throw new MigrationException(
                    $"The database has a migration that this program does not know, {name}: it was used by a newer program.");
            }

            if (checksum != expected)
            {
                throw new MigrationException(
                    $"The migration {name} is not the one that this database has taken: a migration is never edited.");
            }
        }
    }

    // Nodes that start together collide in the catalogue in all these ways; the next look finds it done.
    private static bool MayPass(Exception e) =>
        SqlStates.IsRetryable(e) || SqlStates.IsAmbiguousCommit(e) || e is PostgresException
        {
            SqlState: "23505" or "42P07" or "42710" or "42701" or "XX000",
        };
}
