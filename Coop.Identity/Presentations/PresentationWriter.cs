using System.Text.Json.Nodes;
using Coop.Identity.Credentials;
using Coop.Identity.Credentials.Jose;
using Coop.Identity.Credentials.Vcdm;

namespace Coop.Identity.Presentations;

/// <summary>For whom, and on which occasion, a holder presents.</summary>
/// <param name="Audience">The verifier, as it names itself.</param>
/// <param name="Nonce">As the verifier gave it.</param>
/// <param name="Now">The time of the proof.</param>
public sealed record PresentationOptions(string Audience, string Nonce, DateTimeOffset Now);

/// <summary>Signs presentations of VCDM, as a holder does: specs/credentials.md.</summary>
public static class PresentationWriter
{
    /// <summary>How long a presentation is good for.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>VCDM 2.0 as <c>vp+jwt</c>.</summary>
    /// <param name="credentials">As they were issued: <c>vc+jwt</c> or JSON with its proof.</param>
    /// <param name="holder">The holder's key.</param>
    /// <param name="options">For whom.</param>
    public static string Jwt20(IEnumerable<string> credentials, IssuerKey holder, PresentationOptions options)
    {
        ArgumentNullException.ThrowIfNull(holder);
        ArgumentNullException.ThrowIfNull(options);
        var payload = Document(VcdmNames.Context20, holder, credentials.Select(InDocument));
        AddClaims(payload, holder, options);
        return CompactJws.Sign(VcdmJwt.Header(VcdmJwt.PresentationType20, holder), payload, holder.Key);
    }

    /// <summary>VCDM 1.1 as JWT with a <c>vp</c> claim.</summary>
    /// <param name="credentials">As they were issued: JWTs of VCDM 1.1.</param>
    /// <param name="holder">The holder's key.</param>
    /// <param name="options">For whom.</param>
    public static string Jwt11(IEnumerable<string> credentials, IssuerKey holder, PresentationOptions options)
    {
        ArgumentNullException.ThrowIfNull(holder);
        ArgumentNullException.ThrowIfNull(options);
        var payload = new JsonObject
        {
            ["vp"] = Document(VcdmNames.Context11, holder, credentials.Select(c => (JsonNode)c)),
        };
        AddClaims(payload, holder, options);
        return CompactJws.Sign(VcdmJwt.Header(VcdmJwt.Type11, holder), payload, holder.Key);
    }

    /// <summary>VCDM 2.0 with an <c>eddsa-jcs-2022</c> proof for authentication.</summary>
    /// <param name="credentials">As they were issued: JSON with its proof or <c>vc+jwt</c>.</param>
    /// <param name="holder">The holder's Ed25519 key.</param>
    /// <param name="options">For whom.</param>
    public static string DataIntegrity(IEnumerable<string> credentials, IssuerKey holder, PresentationOptions options)
    {
        ArgumentNullException.ThrowIfNull(holder);
        ArgumentNullException.ThrowIfNull(options);
        return VcdmDataIntegrity.Secure(
            Document(VcdmNames.Context20, holder, credentials.Select(InDocument)),
            holder,
            new JsonObject
            {
                ["created"] = JsonText.ToText(options.Now),
                ["verificationMethod"] = holder.Id,
                ["proofPurpose"] = VcdmDataIntegrity.AuthenticationPurpose,
                ["challenge"] = options.Nonce,
                ["domain"] = options.Audience,
            });
    }

    private static JsonObject Document(string context, IssuerKey holder, IEnumerable<JsonNode> credentials) => new()
    {
        ["@context"] = new JsonArray(context),
        ["type"] = new JsonArray(VcdmNames.Presentation),
        ["holder"] = holder.Did,
        ["verifiableCredential"] = new JsonArray([.. credentials]),
    };

    private static JsonNode InDocument(string credential) => credential is ['{', ..]
        ? JsonText.Object(credential)
        : Envelope.Of(VcdmNames.EnvelopedCredential, "application/vc+jwt", credential);

    private static void AddClaims(JsonObject payload, IssuerKey holder, PresentationOptions options)
    {
        payload["iss"] = holder.Did;
        payload["aud"] = options.Audience;
        payload["nonce"] = options.Nonce;
        payload["iat"] = options.Now.ToUnixTimeSeconds();
        payload["nbf"] = options.Now.ToUnixTimeSeconds();
        payload["exp"] = (options.Now + Lifetime).ToUnixTimeSeconds();
    }
}
