namespace Coop.Federation.Audit;

/// <summary>The log asks to be left alone for a while.</summary>
/// <param name="message">A sentence for people.</param>
/// <param name="retryAfter">How long.</param>
public sealed class LogBusyException(string message, TimeSpan retryAfter) : AuditImpossibleException(message)
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}
