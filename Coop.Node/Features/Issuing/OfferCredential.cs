using System.Text.Json.Nodes;
using Coop.Node.Database;
using Coop.Node.Features.Credentials;
using Coop.Node.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coop.Node.Features.Issuing;

/// <summary>Offers a credential to whatever wallet the member uses (OpenID4VCI 1.0, section 4).</summary>
public static class OfferCredential
{
    private const string Scheme = "openid-credential-offer://";

    /// <param name="Type">What is to be attested.</param>
    /// <param name="MemberId">Of whom; the caller when left out. Of others: administrators alone.</param>
    /// <param name="Role">For a role: which.</param>
    /// <param name="Unit">For a share-holding: the code of the ledger's unit of shares.</param>
    /// <param name="Skill">For a skill, which administrators alone attest: its name, up to 200 characters.</param>
    /// <param name="Level">For a skill: <c>basic</c>, <c>proficient</c> or <c>expert</c>.</param>
    /// <param name="Words">For a skill: the endorsement in words, up to 1,000 characters.</param>
    public sealed record Request(
        CredentialKind Type, Guid? MemberId = null, string? Role = null, string? Unit = null, string? Skill = null,
        string? Level = null, string? Words = null);

    /// <param name="Id">UUID.</param>
    /// <param name="Link">For the wallet, e.g. as a QR code: the offer by reference.</param>
    /// <param name="LinkByValue">The same with the whole offer in it.</param>
    /// <param name="TxCode">Six digits that the member types into the wallet; shown this once.</param>
    /// <param name="ExpiresAt">When the offer is void: ten minutes later.</param>
    /// <param name="EventId">The event <c>credential.offered</c>.</param>
    public sealed record Response(
        Guid Id, string Link, string LinkByValue, string TxCode, DateTimeOffset ExpiresAt, Guid EventId);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/credential-offers", HandleAsync)
            .RequireRole(Roles.Member)
            .WithSummary("Offer a credential to a wallet of the member's own (OpenID4VCI)");

    private static async Task<Created<Response>> HandleAsync(
        Request request, CurrentMember me, Transactions transactions, CredentialFacts facts, IssuerAddresses addresses,
        CancellationToken ct)
    {
        var statement = CredentialStatement.Parse(
            request.Type, request.Role, request.Unit, request.Skill, request.Level, request.Words);
        var (secret, txCode) = (OfferSecret.New(), OfferSecret.NewTxCode());
        var response = await transactions.WriteAsync(
            async (scope, c) =>
            {
                var member = await CredentialDesk.RequireMemberAsync(scope.Connection, me, request.MemberId, statement, c);
                // Refused here already, where somebody can do something about it; and again when it is taken.
                await facts.ClaimsAsync(scope.Connection, member, statement, scope.Now, c);
                var id = scope.NewId();
                var offer = new CredentialOffer(
                    id, member.Id, statement, OfferSecret.HashTxCode(id, txCode), CredentialOffer.MaxAttempts,
                    me.Actor, scope.Now + CredentialOffer.Lifetime, TokenExpiresAt: null);
                await OfferStore.InsertAsync(scope.Transaction, offer, secret, scope.Now, c);
                var eventId = scope.Append(CredentialEvents.Offered(id, member.Id, statement.Kind, me.Actor));
                return new Response(
                    id,
                    $"{Scheme}?credential_offer_uri={Uri.EscapeDataString(addresses.Offer(secret))}",
                    $"{Scheme}?credential_offer={Uri.EscapeDataString(ToJson(offer, secret, addresses).ToJsonString())}",
                    txCode,
                    offer.ExpiresAt,
                    eventId);
            },
            ct);
        return TypedResults.Created($"/api/credential-offers/{response.Id:D}", response);
    }

    /// <summary>The Credential Offer object (section 4.1.1).</summary>
    internal static JsonObject ToJson(CredentialOffer offer, OfferSecret secret, IssuerAddresses addresses) => new()
    {
        ["credential_issuer"] = addresses.Issuer,
        ["credential_configuration_ids"] = new JsonArray(
            [.. CredentialConfiguration.All.Where(c => c.Kind == offer.Statement.Kind).Select(c => JsonValue.Create(c.Id))]),
        ["grants"] = new JsonObject
        {
            [GiveToken.PreAuthorized] = new JsonObject
            {
                ["pre-authorized_code"] = secret.Code,
                ["tx_code"] = new JsonObject
                {
                    ["input_mode"] = "numeric",
                    ["length"] = OfferSecret.TxCodeLength,
                    ["description"] = "The six digits that your co-op shows beside this offer",
                },
            },
        },
    };
}
