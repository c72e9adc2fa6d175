using System.Text;
using Coop.Federation.Log.Notes;
using Coop.Federation.Witnessing;
using Coop.Node.Database;
using Coop.Node.Federation.Replication;
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
        HttpContext context, NodeWitness witness, Peerings peerings, FederationMetrics metrics, CheckpointInbox inbox,
        CancellationToken ct)
    {
        var answer = await witness.Witness.AddCheckpointAsync(await ReadAsync(context.Request.Body, ct), ct);
        await CountAsync(answer, peerings, metrics, ct);
        if (answer.Submitted is { } note)
        {
            inbox.Leave(note);
        }

        return Results.Text(Encoding.UTF8.GetBytes(answer.Body), answer.ContentType, answer.Status);
    }

    private static async Task CountAsync(
        WitnessAnswer answer, Peerings peerings, FederationMetrics metrics, CancellationToken ct)
    {
        var origin = answer.Submitted is { } note ? Checkpoint.Parse(note.Text).Origin : null;
        var peering = origin is null ? null : await peerings.FindByOriginAsync(origin, ct);
        var who = peering?.Peer.Did ?? FederationMetrics.Stranger;
        if (answer.Verdict is WitnessVerdict.Cosigned or WitnessVerdict.Stale)
        {
            // A log that has lost count is told the size and asks again: that is no refusal.
            metrics.Received(who);
        }
        else
        {
            metrics.Refused(who, Reason(answer.Verdict));
        }
    }

    private static string Reason(WitnessVerdict verdict) => verdict switch
    {
        WitnessVerdict.Malformed => "witness-malformed",
        WitnessVerdict.UnknownOrigin => "witness-unknown-origin",
        WitnessVerdict.NotSigned => "witness-not-signed",
        WitnessVerdict.OldSizeTooLarge => "witness-old-size-too-large",
        WitnessVerdict.NotConsistent => "witness-not-consistent",
        WitnessVerdict.OtherRoot => "witness-other-root",
        _ => throw new InvalidOperationException($"{verdict} is no refusal."),
    };

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
