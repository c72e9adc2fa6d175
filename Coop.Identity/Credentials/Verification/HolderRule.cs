namespace Coop.Identity.Credentials.Verification;

/// <summary>What is common to the proofs of holders.</summary>
internal static class HolderRule
{
    /// <summary>A credential alone: nobody proved that it is theirs.</summary>
    public static VerificationReport NotPresented(VerificationReport report, VerificationRequest request)
    {
        var isAsked = request.IsHolderRequired || request.Nonce is not null || request.Audience is not null;
        return report with
        {
            HolderBinding = isAsked
                ? Check.Failed(CredentialCodes.HolderNone, "Nobody proved that the credential is theirs.")
                : Check.NotChecked(CredentialCodes.HolderNone, "It is a credential alone; nobody presents it."),
            AudienceAndNonce = Check.NotChecked(CredentialCodes.HolderNone, "It is a credential alone; nobody presents it."),
        };
    }

    /// <summary>Whether the subject is who presents.</summary>
    public static Check Bound(CredentialContent? content, string holder) => content switch
    {
        null => Check.NotChecked(CredentialCodes.HolderNone, "The credential could not be read."),
        { Subject: null } => Check.Failed(CredentialCodes.HolderUnbound, "The credential names nobody whom it is about."),
        { Subject: var subject } when subject == holder => Check.Passed("Who presents it is whom it is about."),
        _ => Check.Failed(CredentialCodes.HolderMismatch, "Who presents it is not whom it is about."),
    };

    /// <summary>A proof from the future is refused always, an old one where somebody waits for it.</summary>
    public static void RequireFresh(DateTimeOffset? issuedAt, VerificationRequest request, DateTimeOffset now)
    {
        if (issuedAt is not { } at)
        {
            throw JsonText.Malformed("The holder's proof says no time.");
        }

        var isAwaited = request.Nonce is not null || request.Audience is not null;
        if (at > now + request.ClockSkew || (isAwaited && at < now - request.MaxProofAge - request.ClockSkew))
        {
            throw new CredentialException(CredentialCodes.HolderTime, "The holder's proof is too old or from the future.");
        }
    }
}
