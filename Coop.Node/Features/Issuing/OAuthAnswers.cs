using System.Text.Json.Nodes;
using Coop.Node.Http;

namespace Coop.Node.Features.Issuing;

/// <summary>How the endpoints of OpenID4VCI and OpenID4VP answer: never to be cached, refusals as OAuth words them.</summary>
internal static class OAuthAnswers
{
    /// <summary>An endpoint of these protocols: anybody may call it, from any page, so often a minute.</summary>
    public static RouteHandlerBuilder Protocol(this RouteHandlerBuilder endpoint) => endpoint
        .AllowAnonymous()
        .RequireCors(OtherOrigins.Policy)
        .RequireRateLimiting(RateLimits.Ceremonies)
        .AddEndpointFilter(RefuseAsync);

    public static IResult Json(JsonObject body) => Results.Text(body.ToJsonString(), "application/json");

    private static async ValueTask<object?> RefuseAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var response = context.HttpContext.Response;
        response.Headers.CacheControl = "no-store";
        try
        {
            return await next(context);
        }
        catch (OAuthException e)
        {
            if (e.Status == StatusCodes.Status401Unauthorized)
            {
                response.Headers.WWWAuthenticate = $"Bearer error=\"{e.Error}\"";
            }

            var body = new JsonObject { ["error"] = e.Error, ["error_description"] = e.Message };
            return Results.Text(body.ToJsonString(), "application/json", statusCode: e.Status);
        }
    }
}
