namespace Coop.Node.Http;

/// <summary>
/// A request that is understood and refused. Thrown inside a write it rolls the transaction back, so
/// that a refused action leaves neither effect nor event.
/// </summary>
public sealed class RefusalException(ProblemType type, string detail) : Exception(detail)
{
    public ProblemType Type { get; } = type;
}
