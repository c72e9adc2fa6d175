using System.Net.Http.Headers;

namespace Coop.Identity.Net;

/// <summary>Reads an answer: its body within the limit, and how long its headers let it be kept.</summary>
internal static class OutboundBody
{
    private const int BufferSizeBytes = 16 * 1024;

    /// <summary>As much memory is taken on the word of a header.</summary>
    private const int MaxTrustedSizeBytes = 256 * 1024;

    public static async Task<OutboundAnswer> ReadAsync(
        HttpResponseMessage response, Uri address, OutboundLimits limits, CancellationToken ct)
    {
        // The length of a compressed body says nothing of what comes out, so what comes out is counted.
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        using var body = new MemoryStream(Expected(response, limits));
        var buffer = new byte[BufferSizeBytes];
        int read;
        while ((read = await stream.ReadAsync(buffer, ct)) > 0)
        {
            if (body.Length + read > limits.MaxSizeBytes)
            {
                throw new OutboundException(
                    OutboundError.TooLarge, $"{address.Host} answered more than {limits.MaxSizeBytes} bytes.");
            }

            body.Write(buffer, 0, read);
        }

        return new OutboundAnswer(
            (int)response.StatusCode, body.ToArray(), response.Content.Headers.ContentType?.MediaType,
            FreshFor(response), address)
        {
            RetryAfter = RetryAfter(response),
        };
    }

    // A date counts from the answer's own, so that two clocks need not agree.
    private static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => Until(date, response.Headers),
        _ => null,
    };

    private static int Expected(HttpResponseMessage response, OutboundLimits limits) =>
        (int)Math.Clamp(response.Content.Headers.ContentLength ?? 0, 0, Math.Min(limits.MaxSizeBytes, MaxTrustedSizeBytes));

    private static TimeSpan? FreshFor(HttpResponseMessage response)
    {
        var (cache, age) = (response.Headers.CacheControl, response.Headers.Age ?? TimeSpan.Zero);
        return cache switch
        {
            { NoStore: true } or { NoCache: true } => TimeSpan.Zero,
            { MaxAge: { } maxAge } => maxAge > age ? maxAge - age : TimeSpan.Zero,
            _ => Until(response.Content.Headers.Expires, response.Headers),
        };
    }

    private static TimeSpan? Until(DateTimeOffset? expires, HttpResponseHeaders headers) =>
        expires is { } end && headers.Date is { } date ? end > date ? end - date : TimeSpan.Zero : null;
}
