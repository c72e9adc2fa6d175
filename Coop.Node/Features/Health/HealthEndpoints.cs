using Coop.Node.Database;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Coop.Node.Features.Health;

/// <summary>
/// GET /health/live: the process serves. GET /health/ready: it can do its work; every part of the node
/// that may fail by itself adds a check to <see cref="IHealthChecksBuilder"/>. 200, or 503 with the part
/// that fails.
/// </summary>
public static class HealthEndpoints
{
    /// <param name="Status">The worst of the checks: healthy, degraded or unhealthy.</param>
    /// <param name="Checks">The parts of the node by name.</param>
    public sealed record Response(string Status, IReadOnlyDictionary<string, Check> Checks);

    /// <param name="Status">healthy, degraded (it works, and needs a look) or unhealthy.</param>
    /// <param name="Detail">What is wrong, in words.</param>
    public sealed record Check(string Status, string? Detail);

    public static void AddHealth(this IServiceCollection services) => services
        .AddHealthChecks()
        .AddCheck<DatabaseHealth>(DatabaseHealth.Name, timeout: DatabaseHealth.Timeout);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new() { Predicate = _ => false, ResponseWriter = WriteAsync })
            .AllowAnonymous();
        routes.MapHealthChecks("/health/ready", new() { ResponseWriter = WriteAsync })
            .AllowAnonymous();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var checks = report.Entries.ToDictionary(
            e => e.Key, e => new Check(NameOf(e.Value.Status), e.Value.Description), StringComparer.Ordinal);
        return context.Response.WriteAsJsonAsync(new Response(NameOf(report.Status), checks));
    }

    private static string NameOf(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}
