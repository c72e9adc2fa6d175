using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Coop.Node.Log;

/// <summary>Red when the log has a fatal fault or cannot be extended.</summary>
internal sealed class SequencerHealth(SequencerStatus status) : IHealthCheck
{
    public const string Name = "log";

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var (role, reason) = status.Now;
        return Task.FromResult(role switch
        {
            SequencerStatus.Role.Halted => HealthCheckResult.Unhealthy(reason),
            SequencerStatus.Role.Troubled => HealthCheckResult.Degraded(reason),
            _ => HealthCheckResult.Healthy(role.ToString()),
        });
    }
}
