namespace Coop.Node.Database;

/// <summary>What became of one attempt of a transaction.</summary>
internal enum Fate
{
    /// <summary>The server said that it is durable.</summary>
    Committed,

    /// <summary>It has no effect, and never will.</summary>
    RolledBack,

    /// <summary>COMMIT was sent and not answered.</summary>
    Unknown,
}

/// <param name="Fate">What became of it.</param>
/// <param name="Result">What the body returned, unless it was rolled back.</param>
/// <param name="Mark">
/// The salt of its first event, by which it can be told from other attempts; null without events.
/// </param>
/// <param name="Failure">Why, unless it was committed.</param>
internal readonly record struct Attempt<T>(
    Fate Fate, T Result, ReadOnlyMemory<byte>? Mark, Exception? Failure)
{
    public bool IsMarkedBy(ReadOnlySpan<byte> salt) => Mark is { } mark && mark.Span.SequenceEqual(salt);
}
