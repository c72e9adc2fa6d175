namespace Coop.Federation.Trade;

/// <summary>A trade message or a step that is refused.</summary>
/// <param name="code">Stable; one of <see cref="TradeCodes"/>.</param>
/// <param name="message">One sentence for people.</param>
/// <param name="inner">What lies beneath.</param>
public sealed class TradeException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    public string Code { get; } = code;
}
