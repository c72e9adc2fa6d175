using System.Text.Json.Nodes;
using Coop.Node.Features.Accounts;

namespace Coop.Node.Features.Issuing;

/// <summary>
/// The nonce endpoint (OpenID4VCI 1.0, section 7). A nonce is sealed by the node and good for five minutes;
/// giving one out writes nothing, its use is written, and so it is good once.
/// </summary>
internal static class GiveNonce
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(IssuerAddresses.NoncePath, Handle)
            .Protocol()
            .WithSummary("Get a nonce for a proof of possession (OpenID4VCI)");

    private static IResult Handle(Ceremonies ceremonies) =>
        OAuthAnswers.Json(new JsonObject { ["c_nonce"] = ceremonies.Start(CeremonyKind.CredentialNonce, state: "") });
}
