using System.Collections.Concurrent;
using System.Text;
using Coop.Identity.Credentials;
using Coop.Identity.Net;

namespace Coop.Identity.Status;

/// <summary>
/// Fetches status lists over the network, and keeps a few for as long as their headers allow and never for
/// longer than <see cref="MaxKept"/>. A list that cannot be fetched is not replaced by an old one.
/// </summary>
public sealed class HttpStatusSource(OutboundHttp http, TimeProvider time) : IStatusSource
{
    /// <summary>How late a revocation may be noticed because of this cache.</summary>
    public static readonly TimeSpan MaxKept = TimeSpan.FromMinutes(1);

    private const int MaxLists = 64;
    private const int MaxKeptLength = 1024 * 1024;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Uri, (string Text, DateTimeOffset Until)> _kept = new();

    public async Task<StatusListAnswer> FetchAsync(Uri uri, StatusListKind kind, CancellationToken ct)
    {
        if (_kept.TryGetValue(uri, out var kept) && kept.Until > time.GetUtcNow())
        {
            return StatusListAnswer.Of(kept.Text);
        }

        var limits = new OutboundLimits(StatusListAnswer.MaxLength, Timeout)
        {
            Accept = kind == StatusListKind.Token
                ? "application/statuslist+jwt"
                : "application/vc+jwt, application/vc, application/json;q=0.9",
        };
        try
        {
            var answer = await http.GetAsync(uri, limits, ct);
            return answer.IsSuccess ? Keep(uri, answer) : StatusListAnswer.Failed($"{uri.Host} answered {answer.Status}.");
        }
        catch (OutboundException e)
        {
            return StatusListAnswer.Failed(e.Message);
        }
    }

    private StatusListAnswer Keep(Uri uri, OutboundAnswer answer)
    {
        var text = Encoding.UTF8.GetString(answer.Body.Span);
        var now = time.GetUtcNow();
        foreach (var (old, _) in _kept.Where(k => k.Value.Until <= now))
        {
            _kept.TryRemove(old, out _);
        }

        var fresh = answer.FreshFor is { } said && said < MaxKept ? said : answer.FreshFor is null ? TimeSpan.Zero : MaxKept;
        if (fresh > TimeSpan.Zero && text.Length <= MaxKeptLength && _kept.Count < MaxLists)
        {
            _kept[uri] = (text, now + fresh);
        }

        return StatusListAnswer.Of(text);
    }
}
