using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Coop.Node.Hosting;

/// <summary>
/// Serves the members' client. Its files lie in wwwroot beside the assembly, so that it does not
/// matter from which folder the node is started.
/// </summary>
public static class WebClient
{
    /// <summary>
    /// What the client may do: its own scripts, styles, pictures and requests; nothing inline, nothing
    /// from elsewhere, never inside another site's frame.
    /// </summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
        "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
        // Svelte's own templates alone become markup; a string that somebody sent never can.
        "require-trusted-types-for 'script'; trusted-types svelte-trusted-html";

    private const string Index = "/index.html";

    /// <summary>Vite names the files below it after their content, so they never change.</summary>
    private const string HashedFolder = "/assets";

    /// <summary>
    /// What the node itself answers for, also where there is nothing. A test holds it against the mapped endpoints.
    /// </summary>
    internal static readonly IReadOnlyList<string> NodePaths =
    [
        "/api", "/log", "/witness", "/federation", "/status", "/openid4vci", "/openid4vp", "/metrics", "/.well-known",
        "/health", "/openapi",
    ];

    /// <summary>Goes before authentication: the client's files are for everyone.</summary>
    public static void UseWebClient(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var folder = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        if (!File.Exists(Path.Combine(folder, "index.html")))
        {
            Logs.WebClientMissing(app.Logger, folder);
            return;
        }

        app.Use(AnswerPagesWithIndex);
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(folder),
            OnPrepareResponse = prepared => SetHeaders(prepared.Context),
        });
    }

    /// <summary>
    /// Whoever asks for a page gets the client, which shows what the address means; the routes are in
    /// the fragment. The node's own paths never answer with a page.
    /// </summary>
    private static Task AnswerPagesWithIndex(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is null && AsksForPage(context.Request))
        {
            context.Request.Path = Index;
        }

        return next(context);
    }

    private static bool AsksForPage(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && !Path.HasExtension(request.Path)
        && !NodePaths.Any(prefix => request.Path.StartsWithSegments(prefix))
        && (request.Path == "/" || request.GetTypedHeaders().Accept.Any(a => a.MediaType == "text/html"));

    private static void SetHeaders(HttpContext context)
    {
        var headers = context.Response.Headers;
        var isHashed = context.Request.Path.StartsWithSegments(HashedFolder);
        headers.CacheControl = isHashed ? "public, max-age=31536000, immutable" : "no-cache";
        headers[HeaderNames.XContentTypeOptions] = "nosniff";
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }
}
