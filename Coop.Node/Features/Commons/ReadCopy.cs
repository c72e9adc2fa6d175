using System.Text.Json.Nodes;
using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Commons;

/// <summary>GET /api/commons/copies/{id}: one copy with its content.</summary>
public static class ReadCopy
{
    /// <param name="Copy">The copy.</param>
    /// <param name="Payload">Its content, verified; null once it is erased.</param>
    public sealed record Response(CopyView Copy, JsonObject? Payload);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/commons/copies/{id:guid}", HandleAsync)
            .RequireReader(Roles.Member)
            .WithSummary("Read a verified copy of what a peer shares");

    private static async Task<Response> HandleAsync(Guid id, Transactions transactions, CancellationToken ct)
    {
        var copy = await transactions.ReadAsync((c, t) => CommonsCopyStore.FindAsync(c, id, t), ct)
            ?? throw ProblemTypes.NotFound.With("There is no such copy.");
        return new(CopyView.Of(copy), copy.Payload);
    }
}
