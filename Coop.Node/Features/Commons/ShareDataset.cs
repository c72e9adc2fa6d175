using Coop.Node.Database;
using Coop.Node.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Coop.Node.Features.Commons;

/// <summary>POST /api/commons/datasets: publishes a document and shares it with peers.</summary>
public static class ShareDataset
{
    private const int MaxRequestBytes = Document.MaxSizeBytes / 3 * 4 + HttpSetup.MaxBodyBytes;

    /// <param name="Title">1 to 200 characters.</param>
    /// <param name="MediaType"><c>application/json</c>, <c>text/csv</c>, or another.</param>
    /// <param name="Content">The document in base64; up to 262,144 bytes.</param>
    /// <param name="Audience">The DIDs of the peers that may read it; left out for all that may read what is shared.</param>
    public sealed record Request(string Title, string MediaType, string Content, IReadOnlyList<string>? Audience = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/commons/datasets", HandleAsync)
            .RequireRole(Roles.Admin)
            .WithMetadata(new RequestSizeLimitAttribute(MaxRequestBytes))
            .WithSummary("Publish a document and share it with peers");

    private static async Task<Created<CommonsItemView>> HandleAsync(
        Request request, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        var document = Document.Parse(request.Title, request.MediaType, request.Content);
        var audience = CommonsSharing.ParseAudience(request.Audience);
        var item = await transactions.WriteAsync(
            (scope, c) => CommonsSharing.PublishAsync(scope, document, audience, me.Actor, c), ct);
        return TypedResults.Created($"/api/commons/{item.Id:D}", CommonsItemView.Of(item));
    }
}
