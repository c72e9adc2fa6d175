using System.Text;
using Coop.Federation.Witnessing;
using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Federation.Witnessing;

/// <summary>
/// The witness for logs and for whoever watches them: C2SP tlog-witness under <c>/witness</c>. Public: who asks
/// is known by the log's signature.
/// </summary>
public static class WitnessEndpoints
{
    /// <summary>Before every path of the witness, its submission prefix; also the end of its name.</summary>
    public const string Prefix = "/witness";

    private const string NoteType = "text/plain; charset=utf-8";

    public static void Map(IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var witness = app.MapGroup(Prefix).AllowAnonymous().RequireRateLimiting(RateLimits.Witness).WithTags("Witness");
        witness.MapPost("/add-checkpoint", AddAsync)
            .WithName("AddCheckpoint")
            .WithSummary("Submit a peer's checkpoint and read this node's cosignature (C2SP tlog-witness)")
            // What is too large is answered as the specification answers what it cannot read.
            .WithMetadata(new Microsoft.AspNetCore.Mvc.DisableRequestSizeLimitAttribute());
        witness.MapGet("/{originHash}/checkpoint", ShowAsync)
            .WithName("ReadWitnessedCheckpoint")
            .WithSummary("Read the latest checkpoint of a log that this node cosigned");
    }

    private static async Task<IResult> AddAsync(
        HttpContext context, NodeWitness witness, CancellationToken ct)
    {
        var answer = await witness.Witness.AddCheckpointAsync(await ReadAsync(context.Request.Body, ct), ct);
        return Results.Text(Encoding.UTF8.GetBytes(answer.Body), answer.ContentType, answer.Status);
    }

    private static async Task<IResult> ShowAsync(
        string originHash, Transactions transactions, HttpContext context, CancellationToken ct)
    {
        var note = await transactions.ReadAsync(
            (connection, token) => WitnessedLogStore.FindNoteByHashAsync(connection, originHash, token), ct)
            ?? throw ProblemTypes.NotFound.With("This witness has cosigned no checkpoint of such a log.");
        context.Response.Headers.CacheControl = "no-store";
        return Results.Text(note, NoteType);
    }

    /// <summary>The body, or as much of one that is too large that it cannot be understood.</summary>
    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream body, CancellationToken ct)
    {
        var buffer = new byte[AddCheckpointRequest.MaxSizeBytes + 1];
        var size = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return size == buffer.Length ? default : buffer.AsMemory(0, size);
    }
}
