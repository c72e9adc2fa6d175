using System.Text.Json;
using System.Text.Json.Nodes;

namespace Coop.Identity.Credentials.Verification;

/// <summary>Whether a presentation is for this verifier and this occasion.</summary>
internal static class AudienceRule
{
    /// <summary><c>aud</c>: one text or several (RFC 7519, section 4.1.3).</summary>
    public static IReadOnlyList<string> AudiencesOf(JsonObject payload, string member = "aud") =>
        [.. payload.OneOrMany(member).Select(a => a is JsonValue v && v.GetValueKind() == JsonValueKind.String
            ? v.GetValue<string>()
            : throw JsonText.Malformed($"\"{member}\" holds something that is no text."))];

    public static Check Check(VerificationRequest request, IReadOnlyList<string> audiences, string? nonce)
    {
        if (request.Audience is { } audience && !audiences.Contains(audience))
        {
            return Credentials.Check.Failed(CredentialCodes.AudienceMismatch, "The presentation is for somebody else.");
        }

        if (request.Nonce is { } expected && nonce != expected)
        {
            return Credentials.Check.Failed(CredentialCodes.NonceMismatch, "The presentation answers another request.");
        }

        return request.Audience is null && request.Nonce is null
            ? Credentials.Check.NotChecked(CredentialCodes.AudienceNotAsked, "No audience or nonce was expected.")
            : Credentials.Check.Passed("The presentation is for this verifier and this request.");
    }
}
