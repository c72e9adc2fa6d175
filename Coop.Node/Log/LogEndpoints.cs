using Coop.Federation.Log;
using Coop.Federation.Log.Notes;
using Coop.Federation.Log.Tiles;
using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Log;

/// <summary>
/// The log for machines: C2SP tlog-tiles under <c>/log</c>, and receipts as C2SP tlog-proof. Public,
/// since entries carry no payload and no name.
/// </summary>
public static class LogEndpoints
{
    private const string NoteType = "text/plain; charset=utf-8";
    private const string TileType = "application/octet-stream";
    private const string Immutable = "public, max-age=31536000, immutable";

    /// <summary>A later request for the same partial tile answers the same, but few will ask again.</summary>
    private const string ShortLived = "public, max-age=60";
    private const string NotStored = "no-store";

    public static void Map(IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var log = app.MapGroup(LogPaths.Prefix).AllowAnonymous().WithTags("Log");
        log.MapGet("/checkpoint", CheckpointAsync)
            .WithSummary("Read the newest signed checkpoint, with the cosignatures that it has by now (C2SP tlog-checkpoint)");
        log.MapGet("/checkpoint/witnessed", WitnessedAsync)
            .WithSummary("Read the newest checkpoint that has the quorum of cosignatures which the log's policy asks for");
        log.MapGet("/tile/{**path}", TileAsync)
            .WithSummary("Read a tile of hashes or a bundle of entries (C2SP tlog-tiles)");
        log.MapGet("/events/{id:guid}/receipt", ReceiptAsync)
            .WithSummary("Read an event's receipt (C2SP tlog-proof), once the log has signed it");
    }

    private static async Task<IResult> CheckpointAsync(
        Cosignatures cosignatures, HttpContext context, CancellationToken ct)
    {
        var newest = await cosignatures.ReadNewestAsync(ct)
            ?? throw ProblemTypes.Busy.With("The log has no checkpoint yet.");
        return Note(newest, context);
    }

    private static async Task<IResult> WitnessedAsync(
        Cosignatures cosignatures, HttpContext context, CancellationToken ct)
    {
        var witnessed = await cosignatures.ReadWitnessedAsync(ct)
            ?? throw ProblemTypes.NotFound.With("No checkpoint has its quorum of cosignatures yet.");
        return Note(witnessed, context);
    }

    private static IResult Note(SignedNote note, HttpContext context)
    {
        context.Response.Headers.CacheControl = NotStored;
        return Results.Text(note.ToString(), NoteType);
    }

    private static async Task<IResult> TileAsync(
        string? path, LogFiles files, HttpContext context, CancellationToken ct)
    {
        var file = (TilePath.TryParse("tile/" + path, out var tile) ? await files.ReadAsync(tile, ct) : null)
            ?? throw ProblemTypes.NotFound.With("The log has no such tile.");
        context.Response.Headers.CacheControl = tile.IsFull ? Immutable : ShortLived;
        return Results.Bytes(file.Bytes, TileType, entityTag: file.Tag);
    }

    private static async Task<IResult> ReceiptAsync(
        Guid id, LogFiles files, Cosignatures cosignatures, Transactions transactions, HttpContext context, CancellationToken ct)
    {
        var found = await transactions.ReadAsync((connection, token) => EventStore.FindAsync(connection, id, token), ct)
            ?? throw ProblemTypes.NotFound.With("The log has no such event.");
        if (found.Seq is not { } seq || await cosignatures.ReadOverAsync(seq, ct) is not { } checkpoint)
        {
            throw ProblemTypes.NotYetInLog.With("The event is committed and waits for its place in the log.");
        }

        var proof = await files.ProveAsync(seq, checkpoint, ct);
        context.Response.Headers.CacheControl = NotStored;
        return Results.Text(proof.ToString(), NoteType);
    }
}
