namespace Coop.Federation.Claims;

/// <summary>A statement between nodes that is not accepted.</summary>
/// <param name="code">Stable; one of <see cref="StatementCodes"/>.</param>
/// <param name="message">One sentence for people.</param>
/// <param name="inner">What lies beneath.</param>
public sealed class StatementException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    public string Code { get; } = code;
}
