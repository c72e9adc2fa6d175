using System.Net.Mime;

namespace Coop.Node.Idempotency;

/// <summary>Sends an answer; a repeated one says so in a header and is else the same.</summary>
public sealed record IdempotentResult(IdempotentAnswer Answer, bool Replayed) : IResult
{
    public const string ReplayedHeader = "Idempotency-Replayed";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        response.StatusCode = Answer.Status;
        response.ContentType = $"{MediaTypeNames.Application.Json}; charset=utf-8";
        if (Answer.Location is not null)
        {
            response.Headers.Location = Answer.Location;
        }

        if (Replayed)
        {
            response.Headers[ReplayedHeader] = "true";
        }

        await response.WriteAsync(Answer.Json, httpContext.RequestAborted);
    }
}
