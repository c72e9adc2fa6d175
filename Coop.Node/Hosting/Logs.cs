namespace Coop.Node;

/// <summary>Every log message of the node; no payloads, no names, no tokens.</summary>
internal static partial class Logs
{
    [LoggerMessage(1, LogLevel.Debug, "Transaction attempt {Attempt} failed with {SqlState}; trying again.")]
    public static partial void TransactionRetried(ILogger logger, int attempt, string sqlState);

    [LoggerMessage(3, LogLevel.Warning, "Commit {Attempt} was not answered ({Reason}); asking whether it happened.")]
    public static partial void CommitUncertain(ILogger logger, int attempt, string reason);

    [LoggerMessage(2, LogLevel.Error, "Request failed.")]
    public static partial void RequestFailed(ILogger logger, Exception exception);

    [LoggerMessage(60, LogLevel.Warning, "There is no web client in {Folder}; the node serves its API alone.")]
    public static partial void WebClientMissing(ILogger logger, string folder);

    [LoggerMessage(20, LogLevel.Information, "A passkey was refused: {Reason}")]
    public static partial void PasskeyRefused(ILogger logger, string reason);

    [LoggerMessage(21, LogLevel.Warning, "The marks of expired ceremonies were not deleted; they stay until the next round.")]
    public static partial void SweepFailed(ILogger logger, Exception exception);
}
