using System.Text;
using System.Text.Json;
using Coop.Federation.Log;
using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.LogView;

/// <summary>GET /api/log/events/{id}: one event, with its payload for those who may see it.</summary>
public static class ReadEvent
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/log/events/{id:guid}", HandleAsync)
            .WithName("ReadEvent")
            .WithSummary("Read one event of the log, with its payload where the caller may see it")
            .RequireRole(Roles.Member);

    /// <summary>One event.</summary>
    /// <param name="Id">The event's id.</param>
    /// <param name="Seq">Its position in the log, from 0; null while it waits for one.</param>
    /// <param name="Entry">
    /// The exact entry, to be hashed as UTF-8: SHA-256(0x00 ‖ entry) is its leaf hash. Null while it waits.
    /// </param>
    /// <param name="Payload">
    /// The payload, whose canonical form (RFC 8785) the entry's <c>payloadHash</c> commits to; null where
    /// the caller may not see it, or it was erased.
    /// </param>
    /// <param name="Salt">The payload's salt, 32 bytes in base64; null together with the payload.</param>
    public sealed record Response(Guid Id, long? Seq, string? Entry, JsonElement? Payload, string? Salt);

    private static async Task<Response> HandleAsync(
        Guid id, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        var found = await transactions.ReadAsync((connection, token) => EventStore.FindAsync(connection, id, token), ct)
            ?? throw ProblemTypes.NotFound.With("The log has no such event.");
        var payload = found.Payload?.IsVisibleTo(me.Actor) == true ? found.Payload : null;
        return new Response(
            id,
            found.Seq,
            found.Entry is null ? null : Encoding.UTF8.GetString(found.Entry),
            payload is null ? null : JsonElement.Parse(payload.Json),
            payload is null ? null : Convert.ToBase64String(payload.Salt));
    }
}
