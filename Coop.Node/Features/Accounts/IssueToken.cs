using Coop.Node.Http;
using Microsoft.AspNetCore.Authorization;

namespace Coop.Node.Features.Accounts;

/// <summary>
/// Gives the signed-in member a bearer token for programs. Asks for the session itself: a token that could
/// renew itself would be short-lived in name only.
/// </summary>
public static class IssueToken
{
    /// <summary>An empty object.</summary>
    public sealed record Request;

    /// <param name="AccessToken">A JWT, for the header <c>Authorization: Bearer …</c>.</param>
    /// <param name="TokenType">Always <c>Bearer</c>.</param>
    /// <param name="ExpiresInSeconds">From now.</param>
    public sealed record Response(string AccessToken, string TokenType, long ExpiresInSeconds);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/tokens", HandleAsync)
            .RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = Sessions.Scheme })
            .RequireReader(Roles.Member)
            .WithSummary("Issue a short-lived bearer token to the signed-in member; needs the cookie session");

    private static async Task<Response> HandleAsync(
        Request request, CurrentMember me, MemberDirectory directory, Tokens tokens, CancellationToken ct)
    {
        _ = request;
        return await directory.FindAsync(me.Id, ct) is { } member
            ? new(tokens.Issue(member), "Bearer", (long)Tokens.Lifetime.TotalSeconds)
            : throw ProblemTypes.NotSignedIn.With("You are no member any more.");
    }
}
