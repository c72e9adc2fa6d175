using System.Globalization;
using Microsoft.OpenApi;

namespace Coop.Node.Idempotency;

/// <summary>How the API's document shows an endpoint that requires an idempotency key.</summary>
internal static class IdempotencyDocument
{
    public static TBuilder RequireIdempotencyKey<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            DescribeHeader(operation.Parameters!.OfType<OpenApiParameter>()
                .Single(p => p.In == ParameterLocation.Header && p.Name == IdempotencyKey.Header));
            foreach (var (status, response) in operation.Responses!)
            {
                if (status.StartsWith('2') && response is OpenApiResponse success)
                {
                    DescribeReplay(success);
                }
            }

            return Task.CompletedTask;
        });

    // The endpoint reads it as optional, so that its absence is a problem with a type of its own.
    private static void DescribeHeader(OpenApiParameter header)
    {
        header.Required = true;
        header.Description = string.Create(
            CultureInfo.InvariantCulture,
            $"A name for this request, 1 to {IdempotencyKey.MaxLength} visible ASCII characters. The same request under it again answers the same and does nothing.");
        header.Schema = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            MinLength = 1,
            MaxLength = IdempotencyKey.MaxLength,
            Pattern = "^[!-~]+$",
        };
    }

    private static void DescribeReplay(OpenApiResponse response)
    {
        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
        response.Headers[IdempotentResult.ReplayedHeader] = new OpenApiHeader
        {
            Description = "true where this answer was given before and nothing was done now.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        };
    }
}
