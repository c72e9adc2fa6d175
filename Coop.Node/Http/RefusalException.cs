namespace Coop.Node.Http;

/// <summary>
/// A request that is understood and refused. Thrown inside a write it rolls the transaction back, so
/// that a refused action leaves neither effect nor event.
/// </summary>
public sealed class RefusalException(ProblemType type, string detail, string? field = null) : Exception(detail)
{
    public ProblemType Type { get; } = type;

    /// <summary>The field of the request that is to blame, where one is.</summary>
    public string? Field { get; } = field;

    /// <summary>How long the caller should wait, where waiting helps.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>The same refusal, which says how long to wait.</summary>
    public RefusalException After(TimeSpan wait) => new(Type, Message, Field) { RetryAfter = wait };
}
