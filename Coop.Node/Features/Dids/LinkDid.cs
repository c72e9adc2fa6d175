using Coop.Node.Database;
using Coop.Node.Features.Accounts;
using Coop.Node.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coop.Node.Features.Dids;

/// <summary>
/// Links a DID to the signed-in member, who proves to hold its key; in the same step it may take an older
/// one's place.
/// </summary>
public static class LinkDid
{
    /// <summary>How many DIDs stand for one member at a time.</summary>
    public const int MaxLinked = 10;

    public const int MaxNameLength = 60;

    /// <param name="Challenge">As the challenge's answer gave it.</param>
    /// <param name="Proof">A compact JWT; for a did:pkh the signature, <c>0x</c> and 130 hexadecimal characters.</param>
    /// <param name="Kind">Where the key is kept.</param>
    /// <param name="Name">What the member calls it, e.g. the device; up to 60 characters.</param>
    /// <param name="Replaces">The id of the DID whose place this one takes: that one is unlinked.</param>
    public sealed record Request(
        string Challenge, string Proof, DidKind Kind, string? Name = null, Guid? Replaces = null);

    /// <param name="Did">The new link.</param>
    /// <param name="EventId">The event <c>member.did-linked</c>.</param>
    public sealed record Response(DidView Did, Guid EventId);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/me/dids", HandleAsync)
            .RequireRole(Roles.Member)
            .WithSummary("Link a DID to the signed-in member, by a proof of possession");

    public static RefusalException Taken() =>
        ProblemTypes.DidLinked.With("Unlink it first, or prove to hold another one.");

    private static async Task<Created<Response>> HandleAsync(
        Request request, CurrentMember me, Transactions transactions, Ceremonies ceremonies, DidProofs proofs,
        IEnumerable<IMemberDidFollower> followers, CancellationToken ct)
    {
        var name = Fields.OptionalText(request.Name, "name", MaxNameLength);
        var (ceremony, challenge) = DidChallenge.Open(ceremonies, request.Challenge, me.Id);
        await proofs.VerifyAsync(challenge, request.Proof, me.Actor, ct);
        var response = await transactions.WriteAsync(
            async (scope, c) =>
            {
                // The ids come in the same order on every attempt.
                var use = scope.NewId();
                var did = new MemberDid(scope.NewId(), me.Id, challenge.Did, request.Kind, name, scope.Now);
                return await CeremonyStore.UseAsync(scope.Transaction, ceremony, use, c)
                    ? await LinkAsync(scope, me, did, request.Replaces, followers, c)
                    : throw Ceremonies.Refusal();
            },
            ct);
        return TypedResults.Created($"/api/me/dids/{response.Did.Id:D}", response);
    }

    private static async Task<Response> LinkAsync(
        WriteScope scope, CurrentMember me, MemberDid did, Guid? replaces,
        IEnumerable<IMemberDidFollower> followers, CancellationToken ct)
    {
        var mine = await MemberDidStore.ListLinkedAsync(scope.Connection, me.Id, ct);
        var replaced = replaces is null ? null : mine.Find(d => d.Id == replaces) ?? throw UnlinkDid.NotMine();
        if (mine.Count - (replaced is null ? 0 : 1) >= MaxLinked)
        {
            throw ProblemTypes.TooManyDids.With("Unlink one that you do not use any more.");
        }

        if (await MemberDidStore.FindLinkedAsync(scope.Connection, did.Did, ct) is not null)
        {
            throw Taken();
        }

        await MemberDidStore.InsertAsync(scope.Transaction, did, ct);
        var eventId = scope.Append(DidEvents.Linked(did, me.Actor, replaced));
        if (replaced is not null)
        {
            await UnlinkDid.RunAsync(scope, me, replaced, did, followers, ct);
        }

        return new(DidView.Of(did), eventId);
    }
}
