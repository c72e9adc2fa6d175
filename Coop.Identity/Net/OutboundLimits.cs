namespace Coop.Identity.Net;

/// <summary>What one request may cost.</summary>
/// <param name="MaxSizeBytes">Of the body, after decompression.</param>
/// <param name="Timeout">For everything: names, connection, redirects and body.</param>
public sealed record OutboundLimits(int MaxSizeBytes, TimeSpan Timeout)
{
    /// <summary>0 to follow none.</summary>
    public int MaxRedirects { get; init; } = 3;

    /// <summary>The Accept header, e.g. <c>application/json</c>.</summary>
    public string? Accept { get; init; }

    /// <summary>1 MiB in 10 seconds.</summary>
    public static OutboundLimits Default { get; } = new(1024 * 1024, TimeSpan.FromSeconds(10));
}
