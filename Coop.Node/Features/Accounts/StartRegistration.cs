using System.Text.Json;
using System.Text.Json.Nodes;
using Coop.Node.Database;
using Coop.Node.Hosting;
using Coop.Node.Http;
using Microsoft.AspNetCore.Identity;

namespace Coop.Node.Features.Accounts;

/// <summary>Begins the ceremony by which somebody who is invited makes a passkey.</summary>
public static class StartRegistration
{
    public const int MaxNameLength = 100;

    /// <param name="Invitation">The part of the link after <c>#/join/</c>, 43 characters.</param>
    /// <param name="Name">How the new member wants to be called, 1 to 100 characters.</param>
    public sealed record Request(string Invitation, string Name);

    /// <param name="Ceremony">To be sent back with the passkey's answer; good for five minutes, once.</param>
    /// <param name="Options">
    /// WebAuthn's PublicKeyCredentialCreationOptionsJSON, for
    /// <c>PublicKeyCredential.parseCreationOptionsFromJSON</c>.
    /// </param>
    public sealed record Response(string Ceremony, JsonElement Options);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/passkeys/registration/options", HandleAsync)
            .AllowAnonymous()
            .RequireRateLimiting(RateLimits.Ceremonies)
            .WithSummary("Begin to enrol with a passkey");

    private static async Task<Response> HandleAsync(
        Request request, HttpContext http, NodeOptions node, Transactions transactions, TimeProvider time,
        Ceremonies ceremonies, IPasskeyHandler<Member> passkeys, CancellationToken ct)
    {
        var name = Fields.Text(request.Name, "name", 1, MaxNameLength);
        var now = time.GetUtcNow();
        var invitation = await transactions.ReadAsync(
            (c, token) => OpenInvitation.FindAsync(c, request.Invitation, now, token), ct);
        var made = await passkeys.MakeCreationOptionsAsync(
            new PasskeyUserEntity
            {
                Id = Guid.CreateVersion7(now).ToString("D"),
                Name = name,
                DisplayName = name,
            },
            http);
        return new(
            ceremonies.Start(CeremonyKind.Registration, made.AttestationState!, invitation.Id),
            WithName(made.CreationOptionsJson, node.Name));
    }

    /// <summary>The authenticator shows the co-op's name, for which Identity puts the host's.</summary>
    private static JsonElement WithName(string optionsJson, string coopName)
    {
        var options = JsonNode.Parse(optionsJson)!;
        options["rp"]!["name"] = coopName;
        return JsonSerializer.SerializeToElement(options);
    }
}
