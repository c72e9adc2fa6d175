using System.Globalization;
using Coop.Node.Http;

namespace Coop.Node.Features.StatusLists;

/// <summary>The published status lists. Public, and the same for all.</summary>
public static class StatusListEndpoints
{
    private const string BitstringType = "application/vc";
    private const string TokenType = "application/statuslist+jwt";

    public static void AddStatusLists(this IServiceCollection services) =>
        services.AddSingleton<StatusListPublisher>();

    public static void MapStatusLists(this IEndpointRouteBuilder app)
    {
        var lists = app.MapGroup("/status/{list:long}").AllowAnonymous().RequireCors(OtherOrigins.Policy).WithTags("StatusLists");
        lists.MapGet("/revocation", (long list, StatusListPublisher p, HttpContext h, CancellationToken ct) =>
                AnswerAsync(list, StatusListForm.Revocation, p, h, ct))
            .WithSummary("Read which credentials are revoked (Bitstring Status List)");
        lists.MapGet("/suspension", (long list, StatusListPublisher p, HttpContext h, CancellationToken ct) =>
                AnswerAsync(list, StatusListForm.Suspension, p, h, ct))
            .WithSummary("Read which credentials are suspended (Bitstring Status List)");
        lists.MapGet("/token", (long list, StatusListPublisher p, HttpContext h, CancellationToken ct) =>
                AnswerAsync(list, StatusListForm.Token, p, h, ct))
            .WithSummary("Read the status of credentials (Token Status List)");
    }

    private static async Task<IResult> AnswerAsync(
        long list, StatusListForm form, StatusListPublisher publisher, HttpContext http, CancellationToken ct)
    {
        var text = await publisher.ReadAsync(list, form, ct)
            ?? throw ProblemTypes.NotFound.With("There is no such status list.");
        http.Response.Headers.CacheControl = string.Create(
            CultureInfo.InvariantCulture, $"public, max-age={StatusListPublisher.TimeToLive.TotalSeconds:F0}");
        return Results.Text(text, form == StatusListForm.Token ? TokenType : BitstringType);
    }
}
