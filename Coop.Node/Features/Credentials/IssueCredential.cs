using Coop.Node.Database;
using Coop.Node.Features.Accounts;
using Coop.Node.Features.Dids;
using Coop.Node.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coop.Node.Features.Credentials;

/// <summary>Issues a credential to a DID that the member has linked.</summary>
public static class IssueCredential
{
    /// <param name="Type">What is to be attested.</param>
    /// <param name="MemberId">Of whom; the caller when left out. Of others: administrators and secretaries alone.</param>
    /// <param name="Did">One of the member's linked DIDs; the one linked last when left out.</param>
    /// <param name="Role">For a role: which.</param>
    /// <param name="Unit">For a share-holding: the code of the ledger's unit of shares.</param>
    /// <param name="Skill">For a skill, which administrators and secretaries alone attest: its name, up to 200 characters.</param>
    /// <param name="Level">For a skill: <c>basic</c>, <c>proficient</c> or <c>expert</c>.</param>
    /// <param name="Words">For a skill: the endorsement in words, up to 1,000 characters.</param>
    public sealed record Request(
        CredentialKind Type, Guid? MemberId = null, string? Did = null, string? Role = null, string? Unit = null,
        string? Skill = null, string? Level = null, string? Words = null);

    /// <param name="Credential">The new credential.</param>
    /// <param name="EventId">The event <c>credential.issued</c>.</param>
    public sealed record Response(CredentialView Credential, Guid EventId);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/credentials", HandleAsync)
            .RequireRole(Roles.Member)
            .WithSummary("Issue a credential to a linked DID of a member");

    private static async Task<Created<Response>> HandleAsync(
        Request request, CurrentMember me, Transactions transactions, CredentialDesk desk, CancellationToken ct)
    {
        var statement = CredentialStatement.Parse(
            request.Type, request.Role, request.Unit, request.Skill, request.Level, request.Words);
        var response = await transactions.WriteAsync(
            async (scope, c) =>
            {
                var member = await CredentialDesk.RequireMemberAsync(scope.Connection, me, request.MemberId, statement, c);
                var did = await FindDidAsync(scope, member, request.Did, c);
                var credential = await desk.Issuing.IssueAsync(scope, new(member, statement, did, me.Actor), c);
                return new Response(CredentialView.Of(credential, scope.Now), credential.EventId);
            },
            ct);
        return TypedResults.Created($"/api/credentials/{response.Credential.Id:D}", response);
    }

    private static async Task<string> FindDidAsync(
        WriteScope scope, Member member, string? asked, CancellationToken ct)
    {
        var linked = await MemberDidStore.ListLinkedAsync(scope.Connection, member.Id, ct);
        return (asked is null ? linked.LastOrDefault() : linked.Find(d => d.Did == asked))?.Did
            ?? throw ProblemTypes.NoDid.With("Link one in the wallet first, or offer the credential to a wallet.");
    }
}
