using Coop.Identity.Credentials;

namespace Coop.Node.Features.Presenting;

/// <summary>Decides from a verifier's report whether its holder may come in. Fails closed.</summary>
internal static class PresentationRule
{
    /// <summary>The one credential of the presentation; null where there is not exactly one.</summary>
    public static VerificationReport? CredentialOf(VerificationReport report) => report.Credentials switch
    {
        [] => report,
        [var one] => one,
        _ => null,
    };

    /// <summary>The code of why not; null where all is well.</summary>
    public static string? Refusal(VerificationReport report)
    {
        if (CredentialOf(report) is not { } credential || credential.Content is not { } content)
        {
            return report.FirstObstacle?.Code ?? PresentationRefusal.NotMembership;
        }

        if (report.Verdict != Verdict.Valid)
        {
            return report.FirstObstacle?.Code ?? PresentationRefusal.NotValid;
        }

        // What was not checked is not good enough here, though the verdict may be valid without it.
        return content.Type != CredentialType.Membership || Holder(content) is null ? PresentationRefusal.NotMembership
            : !credential.Status.IsPassed ? PresentationRefusal.NoStatus
            : !credential.Schema.IsPassed ? PresentationRefusal.NotMembership
            : !report.HolderBinding.IsPassed || !report.AudienceAndNonce.IsPassed ? PresentationRefusal.NoHolder
            : null;
    }

    /// <summary>How the issuer calls the holder.</summary>
    public static string? Holder(CredentialContent content) => TextOf(content, "memberId");

    public static string? TextOf(CredentialContent content, string claim) =>
        content.Claims[claim] is System.Text.Json.Nodes.JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
