namespace Coop.Identity.Credentials;

/// <summary>What a verification came to.</summary>
public enum Verdict
{
    /// <summary>Every check that applies passed.</summary>
    Valid,

    /// <summary>A check failed.</summary>
    Invalid,

    /// <summary>Nothing failed, and something is of a kind that is not known here.</summary>
    Unsupported,

    /// <summary>Nothing failed, and something could not be found out, e.g. fetched.</summary>
    Unknown,
}

/// <summary>A verification: each check, and what the credential says.</summary>
public sealed record VerificationReport
{
    private static readonly Check Nothing = Check.NotChecked(CredentialCodes.NotRecognised, "It was not reached.");

    /// <summary>The encoding in words, e.g. <c>vc+jwt</c>; "unknown" where it was not recognised.</summary>
    public string Format { get; init; } = "unknown";

    /// <summary>What it says; null where it could not be read, and for a presentation of several.</summary>
    public CredentialContent? Content { get; init; }

    /// <summary>The holder that proved possession: a DID, or the thumbprint of a key as a URN.</summary>
    public string? Holder { get; init; }

    /// <summary>The signature or proof.</summary>
    public Check Proof { get; init; } = Nothing;

    /// <summary>The issuer's (of a presentation: the holder's) DID resolves, and is trusted.</summary>
    public Check Issuer { get; init; } = Nothing;

    public Check Validity { get; init; } = Nothing;

    public Check Status { get; init; } = Nothing;

    public Check Schema { get; init; } = Nothing;

    public Check HolderBinding { get; init; } = Nothing;

    public Check AudienceAndNonce { get; init; } = Nothing;

    /// <summary>The credentials within a presentation.</summary>
    public IReadOnlyList<VerificationReport> Credentials { get; init; } = [];

    /// <summary>Every check with its name, in their order.</summary>
    public IReadOnlyList<(string Name, Check Check)> Checks =>
    [
        ("proof", Proof), ("issuer", Issuer), ("validity", Validity), ("status", Status),
        ("schema", Schema), ("holder", HolderBinding), ("audience", AudienceAndNonce),
    ];

    /// <summary>Never valid unless proof and issuer passed, here and in all within.</summary>
    public Verdict Verdict
    {
        get
        {
            var states = Checks.Select(c => c.Check.State).ToHashSet();
            var within = Credentials.Select(c => c.Verdict).ToHashSet();
            return states.Contains(CheckState.Failed) || within.Contains(Verdict.Invalid) ? Verdict.Invalid
                : states.Contains(CheckState.Unsupported) || within.Contains(Verdict.Unsupported) ? Verdict.Unsupported
                : states.Contains(CheckState.Unknown) || within.Contains(Verdict.Unknown) ? Verdict.Unknown
                : Proof.IsPassed && Issuer.IsPassed ? Verdict.Valid
                : Verdict.Invalid;
        }
    }

    /// <summary>The first check that did not let it be valid, here or within; null where it is valid.</summary>
    public Check? FirstObstacle =>
        Checks.Select(c => c.Check).Where(c => c.State is not (CheckState.Passed or CheckState.NotChecked))
            .OrderBy(c => c.State != CheckState.Failed)
            .Concat(Credentials.Select(c => c.FirstObstacle).OfType<Check>())
            .FirstOrDefault();

    internal static VerificationReport Refused(string format, CredentialException e) =>
        new() { Format = format, Proof = Check.Of(e) };
}
