using Coop.Identity.Net;

namespace Coop.Identity.Dids;

/// <summary>Fetches one of the files that a DID consists of.</summary>
internal static class DidFiles
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <exception cref="DidException">It does not exist, or cannot be had.</exception>
    /// <exception cref="OutboundException">There is no answer within the limits.</exception>
    public static async Task<OutboundAnswer> GetAsync(
        OutboundHttp http, Uri address, OutboundLimits limits, CancellationToken ct)
    {
        var answer = await http.GetAsync(address, limits, ct);
        return answer.IsSuccess
            ? answer
            : answer.Status is 404 or 410
                ? throw new DidException(DidError.NotFound, DidCodes.NotFound, $"{address} does not exist.")
                : throw new DidException(DidError.Unreachable, DidCodes.Unreachable, $"{address} answered {answer.Status}.");
    }

    // Nobody has a certificate for localhost; where http is allowed at all, it is meant for that.
    public static bool IsPlain(OutboundHttp http, WebLocation location) => http.Options.AllowHttp && location.IsLocal;
}
