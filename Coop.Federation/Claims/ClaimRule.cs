using System.Text.Json.Nodes;

namespace Coop.Federation.Claims;

/// <summary>
/// Whether a claim may be taken from a peer; the signatures and the status are for others to verify. Pure.
/// </summary>
public static class ClaimRule
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <param name="claim">As it was read.</param>
    /// <param name="peer">The DID of who sent it.</param>
    /// <param name="self">The DID of who received it.</param>
    /// <param name="now">The receiver's time.</param>
    /// <exception cref="StatementException">It may not; the first that holds of parties, consent, terms, credential.</exception>
    public static void Require(ClaimEnvelope claim, string peer, string self, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(claim);
        if (claim.From != peer || claim.To != self)
        {
            throw new StatementException(StatementCodes.Parties, "The claim is not from the peer that sent it to this node.");
        }

        if (ClaimKinds.IsAboutMember(claim.Kind) != claim.Consent is not null)
        {
            throw new StatementException(StatementCodes.Consent, "A claim names a consent exactly if it is about a member.");
        }

        RequireTerms(claim, now);
        RequireCredential(claim);
    }

    private static void RequireTerms(ClaimEnvelope claim, DateTimeOffset now)
    {
        if (claim.Terms.RetainUntil <= now || claim.Terms.RetainUntil - now > ClaimTerms.MaxRetention + ClockSkew)
        {
            throw new StatementException(StatementCodes.Terms, "The time for which the claim may be kept is over, or too long.");
        }

        if (claim.SentAt > now + ClockSkew)
        {
            throw new StatementException(StatementCodes.Terms, "The claim is from the future.");
        }
    }

    // What the verifier of credentials will not look at: that the credential is the one that is announced.
    private static void RequireCredential(ClaimEnvelope claim)
    {
        var type = ClaimKinds.TypeOf(claim.Kind);
        var credential = claim.Credential;
        var subject = (credential["credentialSubject"] as JsonObject)?["id"];
        if (!Texts(credential["type"]).Contains(type.Name) || IssuerOf(credential) != claim.From
            || (!ClaimKinds.IsAboutMember(claim.Kind) && TextOf(subject) != claim.From))
        {
            throw new StatementException(
                StatementCodes.Credential, $"The credential is not a {type.Name} that the sender issued.");
        }
    }

    private static string? IssuerOf(JsonObject credential) =>
        TextOf(credential["issuer"] is JsonObject issuer ? issuer["id"] : credential["issuer"]);

    private static IEnumerable<string?> Texts(JsonNode? node) =>
        node is JsonArray array ? array.Select(TextOf) : [TextOf(node)];

    private static string? TextOf(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
