using Coop.Federation.Audit;
using Coop.Identity.Net;

namespace Coop.Node.Federation.Replication;

/// <summary>
/// A peer's log over HTTP, within the rules for addresses that others name. Where the peer asks for time
/// (429, 503), all requests wait as long as it says, within bounds. Thread-safe.
/// </summary>
/// <param name="http">The client.</param>
/// <param name="log">The log's address, e.g. <c>https://coop.example/log</c>.</param>
/// <param name="time">The clock of the pauses.</param>
public sealed class PeerLogSource(OutboundHttp http, Uri log, TimeProvider time) : ILogSource
{
    /// <summary>A peer that asks for more is visited another time.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private const int MaxAttempts = 4;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    private readonly Uri _prefix = new(log.AbsoluteUri.TrimEnd('/') + "/");
    private long _notBefore;

    /// <summary>For one answer, with all of its body.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    public async Task<byte[]?> FetchAsync(string path, int maxSizeBytes, CancellationToken ct)
    {
        var address = new Uri(_prefix, path);
        for (var attempt = 1; ; attempt++)
        {
            await PauseAsync(ct);
            try
            {
                var answer = await http.GetAsync(address, new OutboundLimits(maxSizeBytes, Timeout), ct);
                switch (answer.Status)
                {
                    case >= 200 and < 300:
                        return Bytes(answer.Body);
                    case 404 or 410:
                        return null;
                    case not (429 or >= 500):
                        throw new AuditImpossibleException($"{address} answers with status {answer.Status}.");
                }

                var pause = answer.RetryAfter ?? FirstPause * (1 << attempt);
                if (attempt == MaxAttempts || pause > LongestPause)
                {
                    throw new LogBusyException($"{address} answers with status {answer.Status}.", pause);
                }

                Hold(pause);
            }
            catch (OutboundException e) when (e.Error == OutboundError.TooLarge)
            {
                // What is too long is refused by its length; what stands in it plays no part.
                return new byte[maxSizeBytes + 1];
            }
            catch (OutboundException e) when (attempt < MaxAttempts && e.Error == OutboundError.Unreachable)
            {
                Hold(FirstPause * (1 << attempt));
            }
            catch (OutboundException e)
            {
                throw new AuditImpossibleException($"{address} does not answer: {e.Message}", e);
            }
        }
    }

    private static byte[] Bytes(ReadOnlyMemory<byte> body) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(body, out var array)
        && array.Offset == 0 && array.Array!.Length == array.Count
            ? array.Array
            : body.ToArray();

    private void Hold(TimeSpan pause)
    {
        var until = (time.GetUtcNow() + pause).UtcTicks;
        var before = Interlocked.Read(ref _notBefore);
        while (before < until)
        {
            var found = Interlocked.CompareExchange(ref _notBefore, until, before);
            if (found == before)
            {
                return;
            }

            before = found;
        }
    }

    private async Task PauseAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcTicks;
        var until = Interlocked.Read(ref _notBefore);
        if (until > now)
        {
            await Task.Delay(TimeSpan.FromTicks(until - now), time, ct);
        }
    }
}
