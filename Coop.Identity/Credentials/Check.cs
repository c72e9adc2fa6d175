namespace Coop.Identity.Credentials;

/// <summary>How a check ended.</summary>
public enum CheckState
{
    /// <summary>There was nothing to check, or nobody asked.</summary>
    NotChecked,

    /// <summary>It holds.</summary>
    Passed,

    /// <summary>It does not hold.</summary>
    Failed,

    /// <summary>It is of a kind that is not known here, so it may or may not hold.</summary>
    Unsupported,

    /// <summary>What is needed could not be had, e.g. fetched; it may or may not hold.</summary>
    Unknown,
}

/// <summary>One check of a <see cref="VerificationReport"/>.</summary>
/// <param name="State">How it ended.</param>
/// <param name="Code">One of <see cref="CredentialCodes"/>, or a code of DIDs or keys.</param>
/// <param name="Detail">One sentence for people.</param>
public sealed record Check(CheckState State, string Code, string Detail)
{
    public bool IsPassed => State == CheckState.Passed;

    internal static Check Passed(string detail) => new(CheckState.Passed, CredentialCodes.Ok, detail);

    internal static Check Failed(string code, string detail) => new(CheckState.Failed, code, detail);

    internal static Check Unsupported(string code, string detail) => new(CheckState.Unsupported, code, detail);

    internal static Check Unknown(string code, string detail) => new(CheckState.Unknown, code, detail);

    internal static Check NotChecked(string code, string detail) => new(CheckState.NotChecked, code, detail);

    internal static Check Of(CredentialException e) =>
        new(e.IsUnsupported ? CheckState.Unsupported : CheckState.Failed, e.Code, e.Message);
}
