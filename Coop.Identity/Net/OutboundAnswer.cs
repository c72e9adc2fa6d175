namespace Coop.Identity.Net;

/// <summary>The answer to an outgoing request, whatever its status.</summary>
/// <param name="Status">E.g. 200.</param>
/// <param name="Body">The whole body, decompressed.</param>
/// <param name="MediaType">Without parameters; null where the answer names none.</param>
/// <param name="FreshFor">
/// How long it may be kept by its headers (RFC 9111): zero where they forbid it, null where they are silent.
/// </param>
/// <param name="Address">Where it came from, after redirects.</param>
public sealed record OutboundAnswer(
    int Status, ReadOnlyMemory<byte> Body, string? MediaType, TimeSpan? FreshFor, Uri Address)
{
    /// <summary>How long to wait before asking again (RFC 9110, Retry-After); null where the answer does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public bool IsSuccess => Status is >= 200 and < 300;
}
