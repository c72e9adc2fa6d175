using System.Net.Http.Headers;
using Coop.Federation.Witnessing;
using Coop.Identity.Net;

namespace Coop.Node.Federation.Witnessing;

/// <summary>Asks witnesses over HTTP, where their policy says that they are. Thread-safe.</summary>
internal sealed class OutboundWitnessClient(OutboundHttp http) : IWitnessClient
{
    // The collector has a shorter limit of its own.
    private static readonly OutboundLimits Limits = new(WitnessReply.MaxSizeBytes, TimeSpan.FromMinutes(1)) { MaxRedirects = 0 };

    public async Task<WitnessReply> AddCheckpointAsync(PolicyWitness witness, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{witness.Url!.TrimEnd('/')}/add-checkpoint"))
        {
            Content = new ReadOnlyMemoryContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        var answer = await http.SendAsync(request, Limits, ct);
        return new WitnessReply(answer.Status, answer.MediaType, answer.Body);
    }
}
