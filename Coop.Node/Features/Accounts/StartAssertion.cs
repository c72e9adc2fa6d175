using System.Text.Json;
using Coop.Node.Http;
using Microsoft.AspNetCore.Identity;

namespace Coop.Node.Features.Accounts;

/// <summary>Begins the ceremony by which a member signs in; the passkey will say who it is.</summary>
public static class StartAssertion
{
    /// <summary>An empty object.</summary>
    public sealed record Request;

    /// <param name="Ceremony">To be sent back with the passkey's answer; good for five minutes, once.</param>
    /// <param name="Options">
    /// WebAuthn's PublicKeyCredentialRequestOptionsJSON, for
    /// <c>PublicKeyCredential.parseRequestOptionsFromJSON</c>.
    /// </param>
    public sealed record Response(string Ceremony, JsonElement Options);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/passkeys/assertion/options", HandleAsync)
            .AllowAnonymous()
            .RequireRateLimiting(RateLimits.Ceremonies)
            .WithSummary("Begin to sign in with a passkey");

    private static async Task<Response> HandleAsync(
        Request request, HttpContext http, Ceremonies ceremonies, IPasskeyHandler<Member> passkeys)
    {
        _ = request;
        var made = await passkeys.MakeRequestOptionsAsync(user: null, http);
        return new(
            ceremonies.Start(CeremonyKind.Assertion, made.AssertionState!),
            JsonElement.Parse(made.RequestOptionsJson));
    }
}
