using System.Text.Json;
using Coop.Node.Database;
using Coop.Node.Http;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace Coop.Node.Features.Accounts;

/// <summary>Takes a passkey's answer, and begins a session.</summary>
public static class SignIn
{
    /// <param name="Ceremony">As the options' answer gave it.</param>
    /// <param name="Credential">WebAuthn's AuthenticationResponseJSON, as <c>credential.toJSON()</c> makes it.</param>
    public sealed record Request(string Ceremony, JsonElement Credential);

    /// <param name="Member">Who is signed in now.</param>
    public sealed record Response(MemberView Member);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/passkeys/assertion", HandleAsync)
            .AllowAnonymous()
            .RequireRateLimiting(RateLimits.Ceremonies)
            .WithSummary("Sign in with a passkey");

    private static async Task<Response> HandleAsync(
        Request request, HttpContext http, Transactions transactions, TimeProvider time,
        Ceremonies ceremonies, IPasskeyHandler<Member> passkeys, ILogger<Ceremonies> logger,
        CancellationToken ct)
    {
        var ceremony = ceremonies.Open(CeremonyKind.Assertion, request.Ceremony);
        var assertion = await passkeys.PerformAssertionAsync(new()
        {
            HttpContext = http,
            CredentialJson = request.Credential.GetRawText(),
            AssertionState = ceremony.State,
        });
        if (!assertion.Succeeded)
        {
            throw PasskeyRefusal.Of(assertion.Failure, logger);
        }

        var now = time.GetUtcNow();
        var use = new Use(ceremony, Guid.CreateVersion7(now), assertion.Passkey, now);
        await transactions.MaintainAsync((t, token) => KeepAsync(t, use, token), ct);
        await Sessions.BeginAsync(http, assertion.User, now);
        return new(MemberView.Of(assertion.User));
    }

    private static async Task<bool> KeepAsync(NpgsqlTransaction transaction, Use use, CancellationToken ct)
    {
        if (!await CeremonyStore.UseAsync(transaction, use.Ceremony, use.Request, ct))
        {
            // An attempt of this same request may have got through without our learning of it.
            return await CeremonyStore.WasUsedByAsync(transaction, use.Ceremony, use.Request, ct)
                ? true
                : throw Ceremonies.Refusal();
        }

        return await PasskeyStore.UseAsync(transaction, use.Passkey, use.At, ct)
            ? true
            : throw ProblemTypes.PasskeyRefused.With("The passkey's counter went backwards; it may be a copy.");
    }

    private sealed record Use(Ceremony Ceremony, Guid Request, UserPasskeyInfo Passkey, DateTimeOffset At);
}
