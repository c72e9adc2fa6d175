namespace Coop.Federation.Replication;

/// <summary>What this node last wrote into its own log about another log (<c>checkpoint.seen</c>).</summary>
/// <param name="Size">The size of that checkpoint.</param>
/// <param name="At">When.</param>
public sealed record RecordedCheckpoint(long Size, DateTimeOffset At);
