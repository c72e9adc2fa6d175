using Coop.Node.Database;
using Microsoft.AspNetCore.Diagnostics;

namespace Coop.Node.Http;

/// <summary>Turns every exception of a request into problem details (RFC 9457): the one place that does.</summary>
public sealed class ExceptionToProblem(IProblemDetailsService problems, ILogger<ExceptionToProblem> logger)
    : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var (type, detail) = Classify(exception);
        if (type == ProblemTypes.Internal)
        {
            Logs.RequestFailed(logger, exception);
        }

        if (type == ProblemTypes.Busy || type == ProblemTypes.NotYetInLog)
        {
            httpContext.Response.Headers.RetryAfter = "1";
        }

        if (exception is RefusalException { RetryAfter: { } wait })
        {
            httpContext.Response.Headers.RetryAfter =
                Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        httpContext.Response.StatusCode = type.Status;
        var context = new ProblemDetailsContext
        {
            HttpContext = httpContext,
            ProblemDetails = { Type = type.Uri, Title = type.Title, Status = type.Status, Detail = detail },
        };
        if (exception is RefusalException { Field: { } field })
        {
            context.ProblemDetails.Extensions["field"] = field;
        }

        return await problems.TryWriteAsync(context);
    }

    private static (ProblemType Type, string? Detail) Classify(Exception exception) => exception switch
    {
        RefusalException r => (r.Type, r.Message),
        BadHttpRequestException { StatusCode: 413 } => (ProblemTypes.BodyTooLarge, null),
        BadHttpRequestException { StatusCode: 415 } => (ProblemTypes.UnsupportedMediaType, null),
        BadHttpRequestException { InnerException: System.Text.Json.JsonException j } => (ProblemTypes.MalformedJson, Describe(j)),
        BadHttpRequestException b when IsMissingBody(b) => (ProblemTypes.MalformedJson, "There is none."),
        BadHttpRequestException => (ProblemTypes.BadRequest, "A part of the address or a header could not be read."),
        UnknownOutcomeException => (ProblemTypes.OutcomeUnknown, null),
        BusyException => (ProblemTypes.Busy, null),
        _ => (ProblemTypes.Internal, null),
    };

    /// <summary>The framework's words for an empty body and for one that is null; tests hold them.</summary>
    private static bool IsMissingBody(BadHttpRequestException e) =>
        e.Message.StartsWith("Implicit body inferred", StringComparison.Ordinal)
        || e.Message.EndsWith("from body.", StringComparison.Ordinal);

    private static string Describe(System.Text.Json.JsonException e) =>
        e.Path is { Length: > 0 and < 200 } path ? $"At {path}." : "It could not be read.";
}
