using Coop.Federation.Audit;
using Coop.Node.Cli.Books;

namespace Coop.Node.Cli;

/// <summary>How an audit ended: with a report, or with the reason why there is none.</summary>
internal sealed record AuditOutcome(NodeAudit? Audit, string? Reason)
{
    /// <summary>What the books say; null where they were not asked for, or the log does not hold.</summary>
    public BooksReport? Books { get; init; }

    /// <summary>All holds.</summary>
    public const int Holds = 0;

    /// <summary>There is a fault.</summary>
    public const int Fault = 1;

    /// <summary>It could not be checked.</summary>
    public const int Unchecked = 2;

    public int ExitCode =>
        Audit is null ? Unchecked
        : !Audit.Report.IsClean || Books is { IsClean: false } ? Fault
        : Books is { UnprovenCount: > 0 } ? Unchecked
        : Holds;

    public static AuditOutcome Of(NodeAudit audit) => new(audit, null);

    public static AuditOutcome Impossible(string reason) => new(null, reason);
}
