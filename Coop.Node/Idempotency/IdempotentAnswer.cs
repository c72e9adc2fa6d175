using System.Text.Json;
using Coop.Node.Http;

namespace Coop.Node.Idempotency;

/// <summary>The answer to an idempotent request, as it is sent and as it is kept.</summary>
/// <param name="Status">The HTTP status, a success.</param>
/// <param name="Location">Where the new thing is, if the request made one.</param>
/// <param name="Json">The body.</param>
public sealed record IdempotentAnswer(int Status, string? Location, string Json)
{
    public static IdempotentAnswer Created<T>(string location, T body) =>
        new(StatusCodes.Status201Created, location, JsonSerializer.Serialize(body, StrictJson.Options));

    public static IdempotentAnswer Ok<T>(T body) =>
        new(StatusCodes.Status200OK, null, JsonSerializer.Serialize(body, StrictJson.Options));
}
