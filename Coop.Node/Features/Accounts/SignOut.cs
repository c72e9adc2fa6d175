using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coop.Node.Features.Accounts;

/// <summary>Ends the browser's session. Works without one too, so that nobody is ever stuck signed in.</summary>
public static class SignOut
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/sign-out", (Delegate)HandleAsync)
            .AllowAnonymous()
            .WithSummary("End the session");

    private static async Task<NoContent> HandleAsync(HttpContext http)
    {
        await http.SignOutAsync(Sessions.Scheme);
        return TypedResults.NoContent();
    }
}
