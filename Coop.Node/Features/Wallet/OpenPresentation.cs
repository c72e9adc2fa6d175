using System.Text.Json.Nodes;
using Coop.Node.Features.Accounts;
using Coop.Node.Http;

namespace Coop.Node.Features.Wallet;

/// <summary>Opens a link by which somebody asks the member for a credential, and says who asks for what.</summary>
internal static class OpenPresentation
{
    private const int MaxNameLength = 100;

    /// <param name="Link"><c>openid4vp://…</c>, or an https link with the same query; up to 4,000 characters.</param>
    public sealed record Request(string Link);

    /// <param name="Ask">To be sent back with the answer; good for five minutes, once.</param>
    /// <param name="Verifier">The DID of who asks; its signature was checked.</param>
    /// <param name="Name">What it calls itself, which nobody has checked.</param>
    /// <param name="Address">The host to which the answer goes.</param>
    /// <param name="ClientId">The audience that the holder's proof names.</param>
    /// <param name="Nonce">What the holder's proof repeats.</param>
    /// <param name="Query">What is asked for (DCQL, OpenID4VP 1.0, section 6).</param>
    public sealed record Response(
        string Ask, string Verifier, string Name, string Address, string ClientId, string Nonce, JsonObject Query);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/me/presentations/requests", HandleAsync)
            .RequireRole(Roles.Member)
            .WithSummary("Open a request for a presentation, and check who asks (OpenID4VP)");

    private static async Task<Response> HandleAsync(
        Request request, CurrentMember me, RequestReader reader, Ceremonies ceremonies, CancellationToken ct)
    {
        var asked = await reader.ReadAsync(Fields.Text(request.Link, "link", 1, RequestReader.MaxLinkLength), ct);
        var responseUri = new Uri(RequestReader.Text(asked, "response_uri"));
        var ask = new PresentationAsk(
            me.Id, RequestReader.VerifierOf(asked), NameOf(asked, responseUri), responseUri, StateOf(asked));
        return new(
            ask.Seal(ceremonies), ask.Verifier, ask.Name, responseUri.Authority, RequestReader.Text(asked, "client_id"),
            RequestReader.Text(asked, "nonce"), asked["dcql_query"]!.AsObject());
    }

    private static string? StateOf(JsonObject asked) =>
        asked["state"] is null ? null : RequestReader.Text(asked, "state");

    /// <summary>Whatever somebody else signed, here it is one line of text.</summary>
    private static string NameOf(JsonObject asked, Uri responseUri)
    {
        try
        {
            return Fields.Text((asked["client_metadata"] as JsonObject)?["client_name"]?.ToString(), "name", 1, MaxNameLength);
        }
        catch (RefusalException)
        {
            return responseUri.Authority;
        }
    }
}
