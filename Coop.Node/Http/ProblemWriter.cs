using System.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Coop.Node.Http;

/// <summary>
/// Writes problem details for every caller, whatever its Accept header says: a refusal without a body
/// would be worse than one in a format that was not asked for. Fills in the type where only a status is known.
/// </summary>
public sealed class ProblemWriter : IProblemDetailsWriter
{
    public const string ContentType = "application/problem+json";

    public bool CanWrite(ProblemDetailsContext context) => true;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var http = context.HttpContext;
        var problem = context.ProblemDetails;
        if (problem.Type?.StartsWith(ProblemType.UriPrefix, StringComparison.Ordinal) != true)
        {
            Name(problem, ProblemTypes.Of(http) ?? ProblemTypes.OfStatus(http.Response.StatusCode));
        }

        problem.Extensions["traceId"] = Activity.Current?.Id ?? http.TraceIdentifier;
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsJsonAsync(
            problem, StrictJson.Options, ContentType, http.RequestAborted);
    }

    private static void Name(ProblemDetails problem, ProblemType type) =>
        (problem.Type, problem.Title, problem.Status) = (type.Uri, type.Title, type.Status);
}
