using Coop.Node.Http;

namespace Coop.Node.Features.Accounts;

/// <summary>Tells who is signed in.</summary>
public static class ShowMe
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/me", HandleAsync)
            .RequireReader(Roles.Member, Roles.Guest)
            .WithSummary("Tell who is signed in");

    private static async Task<MemberView> HandleAsync(
        CurrentMember me, MemberDirectory directory, CancellationToken ct) =>
        await directory.FindAsync(me.Id, ct) is { } member
            ? MemberView.Of(member)
            : throw ProblemTypes.NotSignedIn.With("You are no member any more.");
}
