using Coop.Node.Http;
using Coop.Testing;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Coop.Node.Tests.Http;

/// <summary>The node's endpoints, as routing knows them.</summary>
internal static class Endpoints
{
    /// <summary>All of them, once for each method: <c>GET /api/me</c>; <c>ANY</c> where a method is not said.</summary>
    public static IReadOnlyList<(string Method, RouteEndpoint Endpoint)> Of(TestNode node) =>
    [
        .. node.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(e => MethodsOf(e).Select(m => (m, e))),
    ];

    public static string NameOf(string method, RouteEndpoint endpoint) =>
        $"{method} {PatternOf(endpoint)}";

    public static string PatternOf(RouteEndpoint endpoint) =>
        "/" + endpoint.RoutePattern.RawText!.TrimStart('/');

    /// <summary>An address that the pattern matches, of things that are not there.</summary>
    public static string AddressOf(RouteEndpoint endpoint)
    {
        var address = PatternOf(endpoint);
        foreach (var parameter in endpoint.RoutePattern.Parameters)
        {
            var start = address.IndexOf("{" + (parameter.IsCatchAll ? "*" : "") + parameter.Name, StringComparison.Ordinal);
            start = start < 0 ? address.IndexOf("{**" + parameter.Name, StringComparison.Ordinal) : start;
            var end = address.IndexOf('}', start);
            var isId = parameter.ParameterPolicies.Any(p => p.Content == "guid");
            address = address[..start] + (isId ? "01890a5d-ac96-774b-bcce-b302099a8057" : "0") + address[(end + 1)..];
        }

        return address;
    }

    /// <summary>The type that the endpoint reads as JSON; null where it reads no body.</summary>
    public static Type? BodyOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is { } accepts
            && accepts.ContentTypes.Contains("application/json")
                ? accepts.RequestType
                : null;

    /// <summary>How large a body it reads.</summary>
    public static int MaxBodyBytesOf(RouteEndpoint endpoint) =>
        (int?)endpoint.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? HttpSetup.MaxBodyBytes;

    private static IEnumerable<string> MethodsOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is { HttpMethods: { Count: > 0 } methods }
            ? methods
            : ["ANY"];
}
