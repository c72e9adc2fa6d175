using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Coop.Bench;

/// <summary>Kestrel with one handler and nothing before it, on a free port of the loopback interface.</summary>
internal sealed class LogServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LogServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    /// <summary>Answers each request with the bytes that the function gives for its path; 404 where it gives none.</summary>
    public static async Task<LogServer> StartAsync(Func<string, byte[]?> read)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(context => AnswerAsync(context, read));
        await app.StartAsync();
        return new LogServer(app);
    }

    /// <summary>Serves logs below <c>/N/log/</c>.</summary>
    public static Task<LogServer> StartAsync(IReadOnlyList<LogOnDisk> logs) => StartAsync(path =>
    {
        var parts = path.Split('/', 4);
        return logs[int.Parse(parts[1], CultureInfo.InvariantCulture)].Read(parts[3]);
    });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context, Func<string, byte[]?> read)
    {
        var bytes = read(context.Request.Path.Value!);
        context.Response.StatusCode = bytes is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = bytes?.Length ?? 0;
        await context.Response.BodyWriter.WriteAsync(bytes ?? []);
    }
}
