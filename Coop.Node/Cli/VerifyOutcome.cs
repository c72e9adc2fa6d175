using Coop.Identity.Credentials;

namespace Coop.Node.Cli;

/// <summary>How a verification ended: with a report, or with the reason why there is none.</summary>
internal sealed record VerifyOutcome(VerificationReport? Report, string? Reason)
{
    /// <summary>Instead of a report, where the file is evidence that a log signed two histories.</summary>
    public EvidenceVerdict? Evidence { get; init; }
}
