namespace Coop.Node.Http;

/// <summary>The HTTP conventions of all endpoints: strict JSON, bounded bodies, problem details.</summary>
public static class HttpSetup
{
    public const int MaxBodyBytes = 64 * 1024;

    public static void AddNodeHttp(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(o => StrictJson.Configure(o.SerializerOptions));
        services.Configure<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>(o =>
        {
            o.Limits.MaxRequestBodySize = MaxBodyBytes;
            o.AddServerHeader = false;
        });
        // Binding failures become exceptions, so that one handler words all refusals.
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        // Before AddProblemDetails: the first writer that can write is taken.
        services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        services.AddProblemDetails();
        services.AddExceptionHandler<ExceptionToProblem>();
        services.AddOtherOrigins();
    }

    public static void UseNodeHttp(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseCors();
        app.UseMiddleware<OwnOrigin>();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseMiddleware<Federation.PeerAuthentication>();
    }
}
