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
}
