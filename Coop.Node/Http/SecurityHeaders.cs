using Coop.Node.Hosting;
using Microsoft.Net.Http.Headers;

namespace Coop.Node.Http;

/// <summary>
/// The headers that tell a browser what our answers never do. They are set last, so that failures carry
/// them too, and only where an endpoint (the client's pages) has not said something else.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next, NodeOptions node)
{
    /// <summary>For answers that are data: nothing in them may run, load or be framed.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly bool _isHttps = node.PublicUrl.Scheme == Uri.UriSchemeHttps;

    public Task InvokeAsync(HttpContext http)
    {
        http.Response.OnStarting(Set, http);
        return next(http);
    }

    private Task Set(object state)
    {
        var http = (HttpContext)state;
        var headers = http.Response.Headers;
        headers.TryAdd(HeaderNames.ContentSecurityPolicy, ContentSecurityPolicy);
        headers.TryAdd(HeaderNames.XContentTypeOptions, "nosniff");
        headers.TryAdd("Referrer-Policy", "no-referrer");
        if (_isHttps)
        {
            headers.TryAdd(HeaderNames.StrictTransportSecurity, "max-age=31536000");
        }

        if (http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            // Answers are for one member and one moment; no cache on the way keeps them.
            headers.TryAdd(HeaderNames.CacheControl, "no-store");
        }

        return Task.CompletedTask;
    }
}
