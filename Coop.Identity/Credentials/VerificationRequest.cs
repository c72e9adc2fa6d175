namespace Coop.Identity.Credentials;

/// <summary>What a verifier expects of a credential or presentation.</summary>
public sealed record VerificationRequest
{
    /// <summary>Nothing in particular: whoever issued and presents it.</summary>
    public static VerificationRequest Anything { get; } = new();

    /// <summary>The DIDs whose credentials are accepted; null to accept any that resolves.</summary>
    public IReadOnlySet<string>? TrustedIssuers { get; init; }

    /// <summary>For whom the presentation must be (aud, domain); null to accept any.</summary>
    public string? Audience { get; init; }

    /// <summary>The nonce or challenge that was given to the holder; null to accept any.</summary>
    public string? Nonce { get; init; }

    /// <summary>Whether the holder must have proved that the credential is theirs.</summary>
    public bool IsHolderRequired { get; init; }

    /// <summary>The longest text that is looked at, in characters.</summary>
    public int MaxLength { get; init; } = 1024 * 1024;

    /// <summary>How far clocks may differ.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How old a holder's proof may be, beside the skew.</summary>
    public TimeSpan MaxProofAge { get; init; } = TimeSpan.FromMinutes(5);
}
