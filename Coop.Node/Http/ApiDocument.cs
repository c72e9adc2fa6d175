using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Coop.Node.Features.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Coop.Node.Http;

/// <summary>
/// The OpenAPI document: served at /openapi/v1.json, and kept as specs/openapi.json, where a test holds
/// the two together.
/// </summary>
internal static class ApiDocument
{
    private const string Bearer = "bearer";
    private const string Cookie = "session";
    private const string Problem = "Problem";

    public static void AddApiDocument(this IServiceCollection services) =>
        services.AddOpenApi(options =>
        {
            options.CreateSchemaReferenceId = NameOf;
            options.AddDocumentTransformer((document, _, _) => Describe(document));
            options.AddOperationTransformer(Describe);
            options.AddSchemaTransformer((schema, context, _) => Describe(schema, context));
        });

    public static void MapApiDocument(this IEndpointRouteBuilder root) =>
        root.MapOpenApi().AllowAnonymous();

    /// <summary>Slices name their records Request and Response, so the action's name goes before.</summary>
    private static string? NameOf(JsonTypeInfo type)
    {
        var name = OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        return name is null ? null : QualifiedNameOf(type.Type) ?? name;
    }

    private static string? QualifiedNameOf(Type type) => type switch
    {
        { IsGenericType: true, Namespace: { } space } when space.StartsWith("Coop.", StringComparison.Ordinal) =>
            type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)] + "Of"
            + string.Concat(type.GetGenericArguments().Select(a => QualifiedNameOf(a) ?? a.Name)),
        { DeclaringType: { } action } => action.Name + type.Name,
        _ => null,
    };

    private static Task Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Coop node",
            Version = "v1",
            Description = "The API of a co-op's node. Refusals are RFC 9457 problem details; their types "
                + "stand in specs/problems.md. The public log under /log is described in specs/log.md.",
        };
        document.Servers = null;
        document.AddComponent(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "A token of POST /api/tokens; good for ten minutes.",
        });
        document.AddComponent(Cookie, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Cookie,
            // Named as on https whatever this node runs on, since the document is one for all.
            Name = Sessions.HttpsCookieName,
            Description = "Begun by a passkey; on plain http the cookie's name has no __Host- before it.",
        });
        document.AddComponent(Problem, ProblemSchema());
        document.Tags = document.Paths.Values
            .SelectMany(path => path.Operations!.Values)
            .SelectMany(operation => operation.Tags!)
            .Select(tag => tag.Reference.Id!)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(name => new OpenApiTag { Name = name })
            .ToHashSet();
        return Task.CompletedTask;
    }

    /// <summary>Says what our own converters read and write.</summary>
    private static Task Describe(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        var declared = context.JsonTypeInfo.Type;
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (type == typeof(DateTimeOffset))
        {
            schema.Type = JsonSchemaType.String;
            schema.Type |= type == declared ? 0 : JsonSchemaType.Null;
        }

        if (type.IsEnum)
        {
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. StrictEnumConverter.NamesOf(type).Select(n => (JsonNode)n)];
        }

        return Task.CompletedTask;
    }

    private static Task Describe(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        operation.Responses ??= [];
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "A refusal.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [ProblemWriter.ContentType] = new()
                {
                    Schema = new OpenApiSchemaReference(Problem, context.Document),
                },
            },
        };
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            // The comments of PageQuery are not found, since its fields bear other names in the query.
            parameter.Description ??= parameter.Name switch
            {
                "limit" => PageQuery.LimitText,
                "cursor" => PageQuery.CursorText,
                _ => null,
            };
        }

        operation.Tags = new HashSet<OpenApiTagReference> { new(SliceOf(context), context.Document) };
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var authorize = metadata.OfType<AuthorizeAttribute>().ToList();
        if (metadata.OfType<AuthorizationPolicy>().Any() || authorize.Count > 0)
        {
            operation.Security = [];
            if (!authorize.Exists(a => a.AuthenticationSchemes == Sessions.Scheme))
            {
                operation.Security.Add(Requirement(Bearer, context));
            }

            operation.Security.Add(Requirement(Cookie, context));
        }

        return Task.CompletedTask;
    }

    /// <summary>The last part of the namespace that holds the handler.</summary>
    private static string SliceOf(OpenApiOperationTransformerContext context)
    {
        var handler = context.Description.ActionDescriptor.EndpointMetadata.OfType<MethodInfo>().First();
        return handler.DeclaringType!.Namespace!.Split('.')[^1];
    }

    private static OpenApiSchema ProblemSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "Problem details, RFC 9457.",
        Required = new HashSet<string> { "type", "title", "status", "traceId" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("Which kind of refusal: urn:coop:problem: and a code of specs/problems.md."),
            ["title"] = Text("The kind in one sentence, the same at every occurrence."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "The HTTP status." },
            ["detail"] = Text("What was wrong this time, for people."),
            ["field"] = Text("The field of the request that is to blame, where one is."),
            ["traceId"] = Text("Finds the request in the node's log."),
        },
    };

    private static OpenApiSchema Text(string description) =>
        new() { Type = JsonSchemaType.String, Description = description };

    private static OpenApiSecurityRequirement Requirement(
        string scheme, OpenApiOperationTransformerContext context) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] };
}
