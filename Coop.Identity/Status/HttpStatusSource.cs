using System.Text;
using Coop.Identity.Credentials;
using Coop.Identity.Net;

namespace Coop.Identity.Status;

/// <summary>
/// Fetches status lists over the network, anew each time: what is revoked counts at once. A list that cannot be
/// fetched is not replaced by an old one.
/// </summary>
public sealed class HttpStatusSource(OutboundHttp http) : IStatusSource
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public async Task<StatusListAnswer> FetchAsync(Uri uri, StatusListKind kind, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(uri);
        var limits = new OutboundLimits(StatusListAnswer.MaxLength, Timeout)
        {
            Accept = kind == StatusListKind.Token
                ? "application/statuslist+jwt"
                : "application/vc+jwt, application/vc, application/json;q=0.9",
        };
        try
        {
            var answer = await http.GetAsync(uri, limits, ct);
            return answer.IsSuccess
                ? StatusListAnswer.Of(Encoding.UTF8.GetString(answer.Body.Span))
                : StatusListAnswer.Failed($"{uri.Host} answered {answer.Status}.");
        }
        catch (OutboundException e)
        {
            return StatusListAnswer.Failed(e.Message);
        }
    }
}
