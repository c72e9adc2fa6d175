using System.Text.Json.Nodes;
using Coop.Federation.Log;
using Coop.Node.Database;
using Coop.Node.Features.Accounts;
using Coop.Node.Features.Credentials;
using Coop.Node.Http;
using Coop.Node.Log;

namespace Coop.Node.Features.Members;

/// <summary>Gives a member other roles.</summary>
public static class ChangeRoles
{
    /// <param name="Roles">All roles that the member shall have; must contain <c>member</c>.</param>
    public sealed record Request(IReadOnlyList<string> Roles);

    /// <param name="Roles">The roles that the member has now.</param>
    /// <param name="EventId">The event <c>member.roles-changed</c>; null when they were these already.</param>
    public sealed record Response(IReadOnlyList<string> Roles, Guid? EventId);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/members/{id:guid}/roles", HandleAsync)
            .RequireRole(Http.Roles.Admin)
            .WithSummary("Give a member other roles");

    private static async Task<Response> HandleAsync(
        Guid id, Request request, CurrentMember me, Transactions transactions, MemberDirectory directory,
        CancellationToken ct)
    {
        var roles = Http.Roles.Parse(request.Roles, "roles");
        var eventId = await transactions.WriteAsync(
            (scope, token) => ChangeAsync(scope, me, id, roles, token), ct);
        directory.Forget(id);
        return new(roles, eventId);
    }

    private static async Task<Guid?> ChangeAsync(
        WriteScope scope, CurrentMember me, Guid id, IReadOnlyList<string> roles, CancellationToken ct)
    {
        var member = await MemberStore.FindAsync(scope.Connection, id, ct)
            ?? throw ProblemTypes.NotFound.With("There is no such member.");
        if (member.Roles.SequenceEqual(roles))
        {
            return null;
        }

        if (!roles.Contains(Http.Roles.Admin))
        {
            await RequireAnotherAdministratorAsync(scope, id, ct);
        }

        foreach (var role in member.Roles.Except(roles))
        {
            await MemberStore.RevokeAsync(scope.Transaction, id, role, ct);
        }

        var changed = scope.Append(Changed(me, member, roles));
        await CredentialRevoking.RolesLostAsync(scope, member, [.. member.Roles.Except(roles)], me.Actor, ct);
        foreach (var role in roles.Except(member.Roles))
        {
            await MemberStore.GrantAsync(scope.Transaction, id, role, scope.Now, ct);
        }

        return changed;
    }

    /// <summary>
    /// Two administrators who dismiss each other at once both pass here; the SERIALIZABLE transaction lets
    /// only one of them commit, and the other one's second attempt fails.
    /// </summary>
    private static async Task RequireAnotherAdministratorAsync(
        WriteScope scope, Guid id, CancellationToken ct)
    {
        var holders = await MemberStore.HoldersAsync(scope.Connection, Http.Roles.Admin, ct);
        if (holders is [var last] && last == id)
        {
            throw ProblemTypes.LastAdministrator.With("Make somebody else an administrator first.");
        }
    }

    private static EventDraft Changed(CurrentMember me, Member member, IReadOnlyList<string> roles) => new(
        EventTypes.MemberRolesChanged,
        me.Actor,
        member.Actor,
        Visibility.Members,
        new JsonObject
        {
            ["id"] = member.Id.ToString("D"),
            ["before"] = new JsonArray([.. member.Roles.Select(r => JsonValue.Create(r))]),
            ["roles"] = new JsonArray([.. roles.Select(r => JsonValue.Create(r))]),
        });
}
