using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Coop.Federation.Log;
using Coop.Node.Database;
using Coop.Node.Features.Invitations;
using Coop.Node.Http;
using Coop.Node.Log;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace Coop.Node.Features.Accounts;

/// <summary>Takes a new passkey: its holder becomes a member, and is signed in.</summary>
public static class Register
{
    private const int PseudonymSizeBytes = 16;

    /// <param name="Ceremony">As the options' answer gave it.</param>
    /// <param name="Credential">WebAuthn's RegistrationResponseJSON, as <c>credential.toJSON()</c> makes it.</param>
    public sealed record Request(string Ceremony, JsonElement Credential);

    /// <param name="Member">The new member.</param>
    /// <param name="EventId">The event <c>member.joined</c>.</param>
    public sealed record Response(MemberView Member, Guid EventId);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/passkeys/registration", HandleAsync)
            .AllowAnonymous()
            .RequireRateLimiting(RateLimits.Ceremonies)
            .WithSummary("Enrol with a passkey, and sign in");

    private static async Task<Created<Response>> HandleAsync(
        Request request, HttpContext http, Transactions transactions, Ceremonies ceremonies,
        IPasskeyHandler<Member> passkeys, ILogger<Ceremonies> logger, CancellationToken ct)
    {
        var ceremony = ceremonies.Open(CeremonyKind.Registration, request.Ceremony);
        var attestation = await passkeys.PerformAttestationAsync(new()
        {
            HttpContext = http,
            CredentialJson = request.Credential.GetRawText(),
            AttestationState = ceremony.State,
        });
        if (!attestation.Succeeded)
        {
            throw PasskeyRefusal.Of(attestation.Failure, logger);
        }

        var pseudonym = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(PseudonymSizeBytes));
        var (member, eventId) = await transactions.WriteAsync(
            (scope, token) => JoinAsync(scope, ceremony, attestation, pseudonym, token), ct);
        await Sessions.BeginAsync(http, member, member.JoinedAt);
        return TypedResults.Created("/api/me", new Response(MemberView.Of(member), eventId));
    }

    private static async Task<(Member Member, Guid EventId)> JoinAsync(
        WriteScope scope, Ceremony ceremony, PasskeyAttestationResult attestation, string pseudonym,
        CancellationToken ct)
    {
        var (transaction, now) = (scope.Transaction, scope.Now);
        if (!await CeremonyStore.UseAsync(transaction, ceremony, scope.NewId(), ct))
        {
            throw Ceremonies.Refusal();
        }

        var invitation = await OpenInvitation.FindAsync(scope.Connection, ceremony.InvitationId!.Value, now, ct);
        var user = attestation.UserEntity!;
        var member = new Member(Guid.Parse(user.Id), user.Name, pseudonym, now, invitation.Roles);
        await MemberStore.InsertAsync(transaction, member, ct);
        if (!await PasskeyStore.InsertAsync(transaction, member.Id, attestation.Passkey!, now, ct))
        {
            throw ProblemTypes.PasskeyRefused.With("This passkey belongs to a member already.");
        }

        return await InvitationStore.UseAsync(transaction, invitation.Id, member.Id, now, ct)
            ? (member, scope.Append(Joined(member, invitation)))
            : throw OpenInvitation.Refusal();
    }

    private static EventDraft Joined(Member member, Invitation invitation) => new(
        EventTypes.MemberJoined,
        member.Actor,
        member.Actor,
        Visibility.Members,
        new JsonObject
        {
            ["id"] = member.Id.ToString("D"),
            ["name"] = member.Name,
            ["roles"] = new JsonArray([.. member.Roles.Select(r => JsonValue.Create(r))]),
            ["invitation"] = invitation.Id.ToString("D"),
        });
}
