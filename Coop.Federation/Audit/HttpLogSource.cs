using System.Net;

namespace Coop.Federation.Audit;

/// <summary>
/// A log over HTTP. Answers are bounded in size and time; what fails in passing (no connection, a busy
/// server) is tried a few times. Redirects are the caller's to forbid.
/// </summary>
/// <param name="http">The client; its time limit should be infinite, since each attempt has its own.</param>
/// <param name="prefix">The log's address, e.g. <c>https://coop.example/log/</c>.</param>
/// <param name="time">The clock of the pauses between attempts.</param>
public sealed class HttpLogSource(HttpClient http, Uri prefix, TimeProvider time) : ILogSource
{
    private const int MaxAttempts = 4;
    private const int FirstPauseMs = 200;

    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(30);

    private readonly Uri _prefix = new(prefix.AbsoluteUri.TrimEnd('/') + "/");

    public async Task<byte[]?> FetchAsync(string path, int maxSizeBytes, CancellationToken ct)
    {
        var address = new Uri(_prefix, path);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryFetchAsync(address, maxSizeBytes, ct);
            }
            catch (Exception e) when (IsPassing(e, ct) && attempt < MaxAttempts)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(FirstPauseMs << (attempt - 1)), time, ct);
            }
            catch (Exception e) when (IsPassing(e, ct) || e is HttpRequestException)
            {
                throw new AuditImpossibleException($"{address} does not answer: {Reason(e)}", e);
            }
        }
    }

    private async Task<byte[]?> TryFetchAsync(Uri address, int maxSizeBytes, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(AttemptTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        using var answer = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, either.Token);
        if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            return null;
        }

        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync(either.Token);
        return await ReadAsync(body, maxSizeBytes + 1, either.Token);
    }

    private static async Task<byte[]> ReadAsync(Stream body, int limit, CancellationToken ct)
    {
        using var read = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (read.Length < limit)
        {
            var count = await body.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, limit - read.Length)), ct);
            if (count == 0)
            {
                break;
            }

            read.Write(buffer, 0, count);
        }

        return read.ToArray();
    }

    private static bool IsPassing(Exception e, CancellationToken ct) => e switch
    {
        OperationCanceledException => !ct.IsCancellationRequested,
        HttpRequestException { StatusCode: { } status } => status is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError,
        HttpRequestException or IOException => true,
        _ => false,
    };

    private static string Reason(Exception e) => e switch
    {
        OperationCanceledException => $"no answer within {AttemptTimeout.TotalSeconds:0} seconds",
        HttpRequestException { StatusCode: { } status } => $"status {(int)status}",
        _ => e.Message,
    };
}
