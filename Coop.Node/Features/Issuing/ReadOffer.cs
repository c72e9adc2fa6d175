using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Issuing;

/// <summary>The offer by reference (OpenID4VCI 1.0, section 4.1.3).</summary>
internal static class ReadOffer
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(IssuerAddresses.OffersPath + "/{handle}", HandleAsync)
            .Protocol()
            .WithSummary("Read a credential offer (OpenID4VCI)");

    private static async Task<IResult> HandleAsync(
        string handle, Transactions transactions, IssuerAddresses addresses, TimeProvider time, CancellationToken ct)
    {
        var offer = OfferSecret.Parse(handle) is { } secret
            ? await transactions.ReadAsync((c, token) => OfferStore.FindByCodeAsync(c, secret.Code, token), ct)
            : null;
        return offer is null || offer.IsRedeemed || time.GetUtcNow() >= offer.ExpiresAt
            ? throw ProblemTypes.NotFound.With("There is no such offer, or its time is over.")
            : OAuthAnswers.Json(OfferCredential.ToJson(offer, OfferSecret.Parse(handle)!.Value, addresses));
    }
}
