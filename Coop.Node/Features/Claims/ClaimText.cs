using System.Text.Json.Nodes;

namespace Coop.Node.Features.Claims;

/// <summary>Looks into the text of a claim.</summary>
internal static class ClaimText
{
    /// <summary>What the credential in a claim says, with its subject's id; null where the claim is deleted.</summary>
    public static JsonObject? ClaimsOf(JsonObject? body) =>
        CredentialOf(body)?["credentialSubject"]?.DeepClone() as JsonObject;

    public static JsonObject? CredentialOf(JsonObject? body) => body?["credential"] as JsonObject;
}
