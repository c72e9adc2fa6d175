using Coop.Node.Features.Accounts;
using Coop.Node.Hosting;
using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Coop.Node.Http;

/// <summary>
/// Refuses what another web site makes a member's browser send. A request that can change something, and
/// that a browser would send with the session of its own accord, must say that it comes from our own pages
/// (Origin, or Sec-Fetch-Site where a browser leaves Origin out).
/// </summary>
/// <remarks>
/// A bearer token is no such thing: no browser adds one unasked. The cookie is SameSite=Strict besides; this
/// check also covers a neighbour under the same site, and browsers that do not know SameSite.
/// </remarks>
internal sealed class OwnOrigin(RequestDelegate next, AccountOptions accounts, NodeOptions node)
{
    private readonly string _cookie = Sessions.CookieName(node);

    public Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        return IsSafe(request.Method) || request.Headers.Authorization.Count > 0 || IsForAll(http) || IsOwn(request)
            ? next(http)
            : throw ProblemTypes.CrossOrigin.With("Use the co-op's own pages, or a bearer token.");
    }

    /// <summary>It never looks at a cookie.</summary>
    private static bool IsForAll(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<IEnableCorsAttribute>()?.PolicyName == OtherOrigins.Policy;

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private bool IsOwn(HttpRequest request)
    {
        if (request.Headers.Origin.Count > 0)
        {
            return request.Headers.Origin is [var origin] && accounts.Origins.Allows(origin);
        }

        return request.Headers["Sec-Fetch-Site"] switch
        {
            [] => !request.Cookies.Keys.Any(IsSessionCookie),
            var site => site == "same-origin",
        };
    }

    /// <summary>The cookie itself, or a part of it where it was cut into several.</summary>
    private bool IsSessionCookie(string name) => name.StartsWith(_cookie, StringComparison.Ordinal);
}
