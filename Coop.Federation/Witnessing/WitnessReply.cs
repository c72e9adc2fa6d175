namespace Coop.Federation.Witnessing;

/// <summary>What came back from a witness.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The media type as sent; null without one.</param>
/// <param name="Body">The body, of at most <see cref="MaxSizeBytes"/>.</param>
public sealed record WitnessReply(int Status, string? ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>What a client reads at most.</summary>
    public const int MaxSizeBytes = 16 * 1024;
}
