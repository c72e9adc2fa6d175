using Coop.Node.Log;

namespace Coop.Node.Federation.Witnessing;

/// <summary>GET /log/policy: whose cosignatures the log's checkpoints ask for, C2SP tlog-policy.</summary>
public static class ShowPolicy
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(LogPaths.Prefix + "/policy", HandleAsync)
            .AllowAnonymous()
            .WithTags("Log")
            .WithName("ReadWitnessPolicy")
            .WithSummary("Read whose cosignatures make a checkpoint of this log believable (C2SP tlog-policy)");

    private static async Task<IResult> HandleAsync(WitnessPolicies policies, HttpContext context, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Results.Text((await policies.ReadAsync(ct)).ToString(), "text/plain; charset=utf-8");
    }
}
