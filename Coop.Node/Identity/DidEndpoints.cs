namespace Coop.Node.Identity;

/// <summary>The node's DID where the DID methods look for it.</summary>
internal static class DidEndpoints
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(60);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/.well-known/did.jsonl", (NodeIdentity identity, HttpContext http) =>
                Answer(http, identity.History, "text/jsonl"))
            .AllowAnonymous()
            .WithTags("Identity")
            .WithName("ReadDidHistory")
            .WithSummary("Read the history of the node's DID (did:webvh)")
            .Produces<string>(StatusCodes.Status200OK, "text/jsonl");
        app.MapGet("/.well-known/did.json", (NodeIdentity identity, HttpContext http) =>
                Answer(http, identity.WebDocument, "application/did+json"))
            .AllowAnonymous()
            .WithTags("Identity")
            .WithName("ReadDidDocument")
            .WithSummary("Read the node's DID document (did:web)")
            .Produces<string>(StatusCodes.Status200OK, "application/did+json");
    }

    // Public and the same for all: wallets in browsers read it from other origins.
    private static IResult Answer(HttpContext http, string text, string type)
    {
        http.Response.Headers.CacheControl = $"public, max-age={MaxAge.TotalSeconds:F0}";
        http.Response.Headers.AccessControlAllowOrigin = "*";
        return Results.Text(text, type);
    }
}
