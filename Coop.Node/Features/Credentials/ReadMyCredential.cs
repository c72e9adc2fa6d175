using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Credentials;

/// <summary>Gives the signed-in member the signed text of a credential.</summary>
public static class ReadMyCredential
{
    /// <param name="Format"><c>dc+sd-jwt</c>, <c>ldp_vc</c>, <c>vc+jwt</c> or <c>jwt_vc_json</c>.</param>
    /// <param name="Credential">Compact text; for <c>ldp_vc</c> the text of a JSON document.</param>
    public sealed record Response(string Format, string Credential);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/me/credentials/{id:guid}/{format}", HandleAsync)
            .RequireRole(Roles.Member)
            .WithSummary("Read a credential of the signed-in member, signed, in one encoding");

    private static async Task<Response> HandleAsync(
        Guid id, string format, CurrentMember me, Transactions transactions, CredentialSigning signing,
        TimeProvider time, CancellationToken ct)
    {
        var credential = await transactions.ReadAsync((c, token) => CredentialStore.FindAsync(c, id, token), ct);
        if (credential is null || credential.MemberId != me.Id || Formats.OfName(format) is not { } encoding)
        {
            throw ProblemTypes.NotFound.With("There is no such credential of yours.");
        }

        if (!CredentialSigning.FormatsOf(credential).Contains(format))
        {
            throw ProblemTypes.FormatUnavailable.With("Its field formats names those that there are.");
        }

        return credential.StateAt(time.GetUtcNow()) is CredentialState.Revoked or CredentialState.Expired
            ? throw ProblemTypes.CredentialState.With("It is revoked or its time is over: nothing is signed for it any more.")
            : new(format, signing.Sign(credential, encoding));
    }
}
