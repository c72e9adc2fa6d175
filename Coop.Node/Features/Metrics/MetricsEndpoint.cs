using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using Coop.Node.Federation;
using Coop.Node.Hosting;
using Coop.Node.Http;
using OpenTelemetry.Metrics;

namespace Coop.Node.Features.Metrics;

/// <summary>
/// GET /metrics: the counters of the node as Prometheus text, for whoever has the token of
/// <c>COOP_METRICS_TOKEN</c>. Without one set, nobody has it. The address of the caller says nothing: behind a
/// reverse proxy everybody comes from the loopback.
/// </summary>
public static class MetricsEndpoint
{
    public const string Path = "/metrics";

    private const string Scheme = "Bearer ";

    public static void AddNodeMetrics(this IServiceCollection services)
    {
        services.AddSingleton<FederationMetrics>();
        services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(FederationMetrics.MeterName).AddPrometheusExporter());
        services.ConfigureOpenTelemetryMeterProvider((provider, metrics) => OnlyThisNodes(
            metrics, provider.GetRequiredService<IMeterFactory>()));
    }

    public static void MapMetrics(this IEndpointRouteBuilder routes, NodeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var expected = options.MetricsToken is { } token ? SHA256.HashData(Encoding.UTF8.GetBytes(token)) : null;
        routes.MapPrometheusScrapingEndpoint(
                Path, meterProvider: null, configureBranchedPipeline: branch => branch.Use(next => context =>
                    MayRead(context, expected) ? next(context) : Refuse(context)), optionsName: null)
            .AllowAnonymous();
    }

    // A provider listens to the whole process; other nodes in it have meters of their own factory.
    private static void OnlyThisNodes(MeterProviderBuilder metrics, IMeterFactory factory) =>
        metrics.AddView(instrument =>
            ReferenceEquals(instrument.Meter.Scope, factory) ? null : MetricStreamConfiguration.Drop);

    private static bool MayRead(HttpContext context, byte[]? expected)
    {
        var header = context.Request.Headers.Authorization.ToString();
        return expected is not null && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(
                SHA256.HashData(Encoding.UTF8.GetBytes(header[Scheme.Length..])), expected);
    }

    private static Task Refuse(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = "Bearer";
        ProblemTypes.Set(context, ProblemTypes.InvalidToken);
        return Task.CompletedTask;
    }
}
