namespace Coop.Federation.Trade;

/// <summary>The end of one direction's chain of messages.</summary>
/// <param name="Seq">The number of messages; the first one is 1.</param>
/// <param name="Hash">Base64 of the last one's SHA-256; of 32 zero bytes where there is none.</param>
public readonly record struct TradeHead(long Seq, string Hash)
{
    private const int HashSizeBytes = 32;

    /// <summary>Before the first message.</summary>
    public static TradeHead Start { get; } = new(0, Convert.ToBase64String(new byte[HashSizeBytes]));
}
