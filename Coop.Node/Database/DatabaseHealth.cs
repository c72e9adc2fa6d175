using Coop.Node.Database.Migrations;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Coop.Node.Database;

/// <summary>Whether the database answers, with the schema that this program knows.</summary>
internal sealed class DatabaseHealth(NpgsqlDataSource dataSource) : IHealthCheck
{
    public const string Name = "database";

    /// <summary>Whoever asks for health has waited long enough by then.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private const string SelectApplied = "SELECT count(*) FROM schema_migrations";

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = dataSource.CreateCommand(SelectApplied);
            var applied = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
            return applied >= Migration.All.Count
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"{applied} of {Migration.All.Count} migrations are applied");
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            // The reason goes to the node's log with the exception, not to whoever asks.
            return HealthCheckResult.Unhealthy("the database does not answer", e);
        }
    }
}
