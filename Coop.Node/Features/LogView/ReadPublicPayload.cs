using System.Text.Json;
using Coop.Federation.Log;
using Coop.Node.Database;
using Coop.Node.Http;
using Coop.Node.Log;

namespace Coop.Node.Features.LogView;

/// <summary>
/// GET /log/events/{id}/payload: the payload of a public event, for anyone who read its entry. A payload that is
/// not public, one that was erased and one that never was are told apart by nobody.
/// </summary>
public static class ReadPublicPayload
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(LogPaths.Prefix + "/events/{id:guid}/payload", HandleAsync)
            .AllowAnonymous()
            .WithTags("Log")
            .WithName("ReadPublicPayload")
            .WithSummary("Read the payload of a public event");

    /// <summary>What an entry's payload hash commits to.</summary>
    /// <param name="Salt">32 bytes in base64.</param>
    /// <param name="Payload">The payload, whose canonical form (RFC 8785) was hashed.</param>
    public sealed record Response(string Salt, JsonElement Payload);

    private static async Task<Response> HandleAsync(
        Guid id, Transactions transactions, HttpContext context, CancellationToken ct)
    {
        var found = await transactions.ReadAsync((connection, token) => EventStore.FindAsync(connection, id, token), ct);
        if (found?.Payload is not { Visibility: Visibility.Public } payload)
        {
            throw ProblemTypes.NotFound.With("There is no public payload of such an event.");
        }

        context.Response.Headers.CacheControl = "no-store";
        return new Response(Convert.ToBase64String(payload.Salt), JsonElement.Parse(payload.Json));
    }
}
