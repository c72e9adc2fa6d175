using System.Security.Cryptography;
using Coop.Identity.Keys;
using Coop.Node.Database;
using Coop.Node.Hosting;
using Coop.Node.Http;

namespace Coop.Node.Features.Presenting;

/// <summary>Begins the sign-in of a guest: asks for the membership credential of a trusted co-op.</summary>
public static class StartPresentation
{
    private const int NonceSizeBytes = 32;

    /// <summary>Nothing needs to be said.</summary>
    public sealed record Request;

    /// <param name="Id">UUID; asks for the outcome.</param>
    /// <param name="Link">For the wallet, e.g. as a QR code.</param>
    /// <param name="RequestUri">Where the wallet fetches the signed request.</param>
    /// <param name="ClientId">Who asks, as the request names it.</param>
    /// <param name="ExpiresAt">When it is void: five minutes later.</param>
    public sealed record Response(Guid Id, string Link, string RequestUri, string ClientId, DateTimeOffset ExpiresAt);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/guest-sign-ins", HandleAsync)
            .AllowAnonymous()
            .RequireRateLimiting(RateLimits.Ceremonies)
            .WithSummary("Begin to sign in with the credential of another co-op (OpenID4VP)");

    private static async Task<Response> HandleAsync(
        Request request, HttpContext http, Transactions transactions, RequestObject requests, NodeOptions node,
        TimeProvider time, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var begun = new PresentationRequest(
            Guid.CreateVersion7(now), BrowserBinding.Begin(http, node), Random(), Random(),
            now + PresentationRequest.Lifetime, AnsweredAt: null, GuestId: null, Refusal: null);
        await transactions.MaintainAsync((t, c) => PresentationStore.InsertAsync(t, begun, now, c), ct);
        return new(
            begun.Id, requests.Link(begun.Id), requests.RequestUri(begun.Id), requests.ClientId, begun.ExpiresAt);
    }

    private static string Random() => Base64Url.Encode(RandomNumberGenerator.GetBytes(NonceSizeBytes));
}
