using System.Text;
using Coop.Identity.Credentials;
using Coop.Identity.Net;
using Coop.Identity.Status;

namespace Coop.Node.Features.Presenting;

/// <summary>Fetches status lists of others, anew each time: what is revoked counts at once.</summary>
internal sealed class OutboundStatusSource(OutboundHttp http) : IStatusSource
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public async Task<StatusListAnswer> FetchAsync(Uri uri, StatusListKind kind, CancellationToken ct)
    {
        var limits = new OutboundLimits(StatusListAnswer.MaxLength, Timeout)
        {
            Accept = kind == StatusListKind.Token ? "application/statuslist+jwt" : "application/vc, application/json",
        };
        try
        {
            var answer = await http.GetAsync(uri, limits, ct);
            return answer.IsSuccess
                ? StatusListAnswer.Of(Encoding.UTF8.GetString(answer.Body.Span))
                : StatusListAnswer.Failed($"The list's address answered {answer.Status}.");
        }
        catch (OutboundException e)
        {
            return StatusListAnswer.Failed(e.Message);
        }
    }
}
